"""The fonts of the house for the page: those that set the bulletin show the drafts too."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from toolkit.fonts import FontFile, FontSet
from toolkit.fonts.catalog import Script
from toolkit.web.office import NotThere
from toolkit.web.pages import office_of, reading

_RANGES: dict[Script, str] = {
    "latin": "U+0000-024F, U+2000-206F, U+20A0-20CF, U+2100-214F",
    "han": "U+2010-2027, U+2E80-9FFF, U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF, U+20000-3FFFF",
    "tibetan": "U+0F00-0FFF",
}
_MONTH = 30 * 24 * 3600  # seconds
_STYLE = """@font-face {{ font-family: "bulletin-{script}"; src: url("/fonts/{key}?{version}"); unicode-range: {range};
  font-weight: {weight}; font-display: block; }}
"""


def faces_of(fonts: FontSet) -> dict[str, tuple[Script, FontFile]]:
    """The first face of each script and weight, by the only names an address may use for them."""
    found: dict[str, tuple[Script, FontFile]] = {}
    for weight, table in (("regular", fonts.regular), ("bold", fonts.bold)):
        for script, faces in table.items():
            if faces and not faces[0].index:  # a browser takes the first face of a collection
                found[f"{script}-{weight}"] = (script, faces[0])
    return found


def style_sheet(request: Request) -> Response:
    """The rules that name the fonts, a family for each script.

    Faces of one family that differ in their weights would not complement one another (CSS Fonts 4, 5.2).
    """
    faces = faces_of(office_of(request).desk.fonts)
    rules = [
        _STYLE.format(
            key=key,
            script=script,
            version=face.fingerprint[:12],
            range=_RANGES[script],
            weight=_weights(key, faces),
        )
        for key, (script, face) in faces.items()
    ]
    return Response("".join(rules), media_type="text/css")


def _weights(key: str, faces: Mapping[str, object]) -> str:
    """The weights a face serves (CSS Fonts 4): a regular one all, where the script has no bold."""
    if key.endswith("-bold"):
        return "601 900"
    return "100 600" if f"{key.removesuffix('-regular')}-bold" in faces else "100 900"


def font_file(request: Request) -> Response:
    """The file of a face."""
    found = faces_of(office_of(request).desk.fonts).get(request.path_params["key"])
    if found is None:
        raise NotThere("there is no such font")
    _, face = found
    headers = {"Cache-Control": f"private, max-age={_MONTH}"}
    media_type = "font/otf" if face.path.suffix.lower() == ".otf" else "font/ttf"
    return Response(face.path.read_bytes(), media_type=media_type, headers=headers)


routes = [
    Route("/fonts.css", reading(style_sheet), name="fonts"),
    Route("/fonts/{key}", reading(font_file), name="font"),
]
