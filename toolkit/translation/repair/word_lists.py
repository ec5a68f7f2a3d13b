"""Words that say too little to stand for a term, and words that no term goes across."""

from __future__ import annotations

_ENGLISH = """
    a an the of and or in on for to at by with from as is are was were be been being has have had do does did will
    would shall should can could may might must it its this that these those their his her our your they we he she
    who which what there such not no nor but so than then if while when where also into onto upon about over under
    between among during through within without after before since until per via each any all both some more most
    other another same own only very further including i you me us him them across above against toward towards amid
    along around despite due below behind beyond throughout up down out off well still already yet just therefore
    however moreover furthermore meanwhile thus hence nevertheless nonetheless respectively primarily mainly
"""
_TIBETAN = """
    གི ཀྱི གྱི འི ཡི གིས ཀྱིས གྱིས ས ཡིས ལ ར ན ཏུ དུ སུ རུ ནས ལས དང ཀྱང ཡང འང ནི གང དེ འདི པ བ པོ བོ མ པའི བའི པར བར
    པས བས ཞིག ཤིག ཅིག ཏེ སྟེ ཞིང ཤིང ཅིང མི མེད ཡིན ཡོད རེད བྱེད བྱས བྱ དག རྣམས ཚོ
"""
_VERBAL = """
    is are was were be been being has have had will would shall should can could may might must which who that if
    when while but whereas where because although
"""

LIGHT_ENGLISH = frozenset(_ENGLISH.split())
LIGHT_TIBETAN = frozenset(_TIBETAN.split())
VERBAL = frozenset(_VERBAL.split())
"""Auxiliaries and what opens a clause."""
