"""Languages and times as the files of others write them."""

from __future__ import annotations

import re

from toolkit.languages import Language

_CODES: dict[str, Language] = {"zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh", "en": "en", "eng": "en"}
_CODES |= {"bo": "bo", "bod": "bo", "tib": "bo"}
_ISO_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(?:Z|\+00:?00)")


def language_of(tag: str) -> Language | None:
    """The language of ours that a BCP 47 or ISO 639-2 tag names: zh-Hans, en_GB, bod."""
    return _CODES.get(tag.strip().lower().replace("_", "-").partition("-")[0])


def utc_time(written: str) -> str:
    """A time in UTC as `2026-11-25T04:05:57Z`, from that or TMX's form; empty where it is none or names no zone."""
    time = _ISO_TIME.fullmatch(written.strip())
    return "{}-{}-{}T{}:{}:{}Z".format(*time.groups()) if time else ""
