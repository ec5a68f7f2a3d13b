"""--help teaches: every command, every argument and every option is explained, and the exit codes are there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import click
import pytest

import toolkit
from tests.cli.command import bulletin
from toolkit.cli import cli


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, groups too."""
    yield path, group
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = list(commands())
LEAVES = [(path, command) for path, command in ALL if not isinstance(command, click.Group)]
THAT_FAIL_IN_MORE_WAYS_THAN_ONE = ("build", "draft", "check", "import", "evaluate")


def name_of(value: object) -> str:
    return " ".join(map(str, value)) or "bulletin" if isinstance(value, tuple) else ""


def test_the_commands_are_those_that_are_promised() -> None:
    promised = {"build", "check", "completion", "dismiss", "doctor", "draft", "evaluate", "import", "init"}
    promised |= {"add", "align", "editions", "review", "export", "accept", "sign", "history", "undo", "release"}
    promised |= {"volume"}
    promised |= {f"fonts {name}" for name in ("list", "find", "sample")}
    promised |= {f"models {name}" for name in ("list", "install", "pack", "remove")}
    promised |= {f"memory {name}" for name in ("stats", "find", "import", "export", "undo")}
    promised |= {
        f"terms {name}" for name in ("lint", "find", "add", "approve", "impact", "suggest", "import", "export")
    }
    assert promised <= {" ".join(path) for path, _ in LEAVES}


@pytest.mark.parametrize(("path", "command"), ALL, ids=name_of)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_explains_itself_on_standard_output(
    path: tuple[str, ...], command: click.Command, flag: str
) -> None:
    outcome = bulletin(*path, flag)
    assert outcome.code == 0
    assert outcome.err == ""
    assert outcome.out.startswith(f"Usage: {' '.join(('bulletin', *path))}")
    sentence = (command.help or "").strip().partition("\n\n")[0]
    assert re.search(r"[.:)]$", sentence), f"not a sentence: {sentence!r}"
    assert len(sentence.split()) >= 4
    assert " ".join(sentence.split())[:40] in " ".join(outcome.out.split())


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=name_of)
def test_every_argument_is_in_the_usage_line_and_the_text_says_what_it_is(
    path: tuple[str, ...], command: click.Command
) -> None:
    usage, _, body = bulletin(*path, "--help").out.partition("\n")
    for parameter in command.params:
        if isinstance(parameter, click.Argument) and not isinstance(parameter.type, click.Choice):
            metavar = parameter.make_metavar(click.Context(command))
            assert metavar in usage
            words = re.findall(r"[A-Z]{2,}", metavar) or re.findall(r"\w+", metavar)
            said = [word for word in words if re.search(rf"\b{word}", body, re.IGNORECASE)]
            assert said == words, f"{path} does not say what {metavar} is"


@pytest.mark.parametrize(("path", "command"), ALL, ids=name_of)
def test_every_option_says_what_it_does(path: tuple[str, ...], command: click.Command) -> None:
    out = bulletin(*path, "--help").out
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.opts[0]}"
            assert parameter.opts[0] in out


@pytest.mark.parametrize("name", THAT_FAIL_IN_MORE_WAYS_THAN_ONE)
def test_the_exit_codes_stand_in_the_help_of_what_a_script_would_call(name: str) -> None:
    out = bulletin(name, "--help").out
    for code in (0, 1, 2, 3, 4, 5, 130):
        assert re.search(rf"^\s+{code}\s+\w", out, re.MULTILINE), code
    assert "5 before 4 before 3 before 2 before 1" in out


def test_commands_that_report_offer_json() -> None:
    offering = {" ".join(path) for path, command in LEAVES if any("--json" in one.opts for one in command.params)}
    assert {"build", "draft", "check", "doctor", "evaluate", "import", "models list"} <= offering


def test_every_value_a_choice_takes_is_in_its_help() -> None:
    for path, command in LEAVES:
        out = bulletin(*path, "--help").out
        for parameter in command.params:
            if isinstance(parameter.type, click.Choice):
                assert [value for value in parameter.type.choices if str(value) not in out] == []


def test_no_line_of_help_is_too_long_for_a_terminal() -> None:
    for path, _ in ALL:
        assert [line for line in bulletin(*path, "--help").out.splitlines() if len(line) > 100] == []


def test_the_version_is_the_packages() -> None:
    outcome = bulletin("--version")
    assert outcome.code == 0
    assert outcome.out == f"bulletin, version {toolkit.__version__}\n"


# Completion


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_completion_script_for_each_shell(shell: str) -> None:
    outcome = bulletin("completion", shell)
    assert outcome.code == 0
    assert outcome.err == ""
    assert f"_BULLETIN_COMPLETE={shell}_complete" in outcome.out


def test_the_completion_script_is_one_that_bash_can_read() -> None:
    script = bulletin("completion", "bash").out
    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


def test_another_shell_is_bad_usage_and_the_shells_are_named() -> None:
    outcome = bulletin("completion", "powershell")
    assert outcome.code == 2
    assert all(shell in outcome.err for shell in ("bash", "zsh", "fish"))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("bulletin bu", "build"), ("bulletin models in", "install"), ("bulletin build --fa", "--fail-on")],
)
def test_the_shell_completes_commands_and_options(typed: str, offered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_BULLETIN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    offers = [line.partition(",")[2] for line in bulletin().out.splitlines()]
    assert offered in offers


def test_a_mistyped_command_and_a_mistyped_option_are_told_apart_from_what_was_meant() -> None:
    command, option = bulletin("biuld"), bulletin("build", "--fail-no", "error")
    assert (command.code, option.code) == (2, 2)
    assert "No such command 'biuld'" in command.err
    assert "--fail-on" in option.err
