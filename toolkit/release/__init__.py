"""Releasing a bulletin: what stands in the way, what is pinned, and how a release is made again."""

from toolkit.release.differences import Difference, differences
from toolkit.release.gate import Obstacle, ObstacleKind, obstacles
from toolkit.release.releasing import Outcome, Standing, release_report, standing_of
from toolkit.release.reproducing import Reproduction, reproduce
from toolkit.release.revision import Revision, revisions

__all__ = [
    "Difference",
    "Obstacle",
    "ObstacleKind",
    "Outcome",
    "Reproduction",
    "Revision",
    "Standing",
    "differences",
    "obstacles",
    "release_report",
    "reproduce",
    "revisions",
    "standing_of",
]
