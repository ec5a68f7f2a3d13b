"""bulletin models: Argos packages listed, installed, removed, packed."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.common import EXIT_CODES, as_json_option, print_json, say
from toolkit.errors import DONE, SettingsError
from toolkit.translation.models import ModelPackage, install_file, install_pair, installed_models, remove
from toolkit.translation.pack import file_name, pack_package


@click.group()
def models() -> None:
    """Model packages of Argos Translate: list, install, pack, remove."""


@models.command("list")
@as_json_option
def list_models(as_json: bool) -> int:
    """Show the installed packages."""
    installed = installed_models()
    if as_json:
        print_json({"packages": [_package_dict(one) for one in installed.packages], "problems": installed.problems})
        return DONE
    for package in installed.packages:
        click.echo(f"{package.from_code} → {package.to_code}  {package.version}  {package.folder}")
    for problem in installed.problems:
        say(problem)
    if not installed.packages:
        say("No package is installed. Install one: bulletin models install FILE.argosmodel, or: … install zh en")
    return DONE


@models.command("install", epilog="The second form uses the network; nothing else in the toolkit does by itself.")
@click.argument("what", nargs=-1, required=True, metavar="FILE | FROM TO")
def install_model(what: tuple[str, ...]) -> int:
    """Install a package from an .argosmodel FILE, or for a pair of languages from the Argos index (zh en)."""
    if len(what) == 1:
        package = install_file(Path(what[0]))
    elif len(what) == 2:
        package = install_pair(what[0], what[1])
    else:
        raise SettingsError("one file or two languages are expected", remedy="See bulletin models install --help")
    click.echo(f"Installed {package.from_code} → {package.to_code} {package.version}")
    return DONE


@models.command("pack", epilog=EXIT_CODES)
@click.argument("model_folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--pieces", type=click.Path(path_type=Path), help="The SentencePiece model; FOLDER is searched if left out."
)
@click.option("--from", "from_code", required=True, help="The language it reads, such as zh.")
@click.option("--to", "to_code", required=True, help="The language it writes, such as bo.")
@click.option("--version", "number", default="1.0", show_default=True, help="The package's version.")
@click.option("--source-tag", default="", help="What the model wants before the text: zho_Hans (NLLB), <2bo> (MADLAD).")
@click.option("--target-tag", default="", help="What the model wants its answer to begin with: bod_Tibt (NLLB).")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="The file to write.  [default: translate-….argosmodel]"
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def pack_model(
    model_folder: Path,
    pieces: Path | None,
    from_code: str,
    to_code: str,
    number: str,
    source_tag: str,
    target_tag: str,
    output: Path | None,
    force: bool,
) -> int:
    """Turn a CTranslate2 FOLDER and a SentencePiece model into an .argosmodel that `models install` takes.

    \b
      bulletin models pack nllb-ct2 --from zh --to bo --source-tag zho_Hans --target-tag bod_Tibt
      bulletin models pack madlad-ct2 --from zh --to bo --source-tag "<2bo>"

    Mind the model's licence: NLLB may not be used commercially, MADLAD-400 is Apache-2.0.
    """
    path = pack_package(
        model_folder,
        pieces,
        output or Path(file_name(from_code, to_code, number)),
        from_code=from_code,
        to_code=to_code,
        version=number,
        source_tag=source_tag,
        target_tag=target_tag,
        force=force,
    )
    click.echo(f"Packed {path}. Install it: bulletin models install {path}")
    return DONE


@models.command("remove")
@click.argument("from_code", metavar="FROM")
@click.argument("to_code", metavar="TO")
def remove_model(from_code: str, to_code: str) -> int:
    """Delete the newest installed package that translates from the language FROM into TO, such as zh en."""
    package = installed_models().for_pair(from_code, to_code)
    if package is None:
        raise SettingsError(f"no package {from_code} → {to_code} is installed", remedy="See bulletin models list")
    remove(package)
    click.echo(f"Removed {package.from_code} → {package.to_code} {package.version}")
    return DONE


def _package_dict(package: ModelPackage) -> dict[str, str]:
    return {
        "from": package.from_code,
        "to": package.to_code,
        "version": package.version,
        "folder": str(package.folder),
    }
