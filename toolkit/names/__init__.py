"""Personal names: found by rule in Chinese, romanised, written in Tibetan.  All of it is proposed, none certain."""

from toolkit.names.find import NameStyle, find_names
from toolkit.names.han import all_in_english, han_in_tibetan, romanise_han
from toolkit.names.name import NameOrigin, PersonName
from toolkit.names.tibetan import tibetan_name

__all__ = [
    "NameOrigin",
    "NameStyle",
    "PersonName",
    "all_in_english",
    "find_names",
    "han_in_tibetan",
    "romanise_han",
    "tibetan_name",
]
