"""Timelines: the stories of one feature or service in time, and what is still to come."""

from index.timeline.almanac import Almanac
from index.timeline.moment import Moment, moment_of
from index.timeline.reports import (
    Due,
    Rename,
    Waiting,
    calendar,
    deadlines,
    renames,
    still_in_preview,
)
from index.timeline.subject import TELLERS, Subject, belongs, subject_of
from index.timeline.succession import Succession, successions
from index.timeline.timeline import (
    Timeline,
    build_timeline,
    moment_to_dict,
    succession_to_dict,
    timeline_to_dict,
)

__all__ = [
    "TELLERS",
    "Almanac",
    "Due",
    "Moment",
    "Rename",
    "Subject",
    "Succession",
    "Timeline",
    "Waiting",
    "belongs",
    "build_timeline",
    "calendar",
    "deadlines",
    "moment_of",
    "moment_to_dict",
    "renames",
    "still_in_preview",
    "subject_of",
    "succession_to_dict",
    "successions",
    "timeline_to_dict",
]
