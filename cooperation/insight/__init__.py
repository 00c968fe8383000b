"""What no one else tells a planner: what a handover loses, which pairs are missing, why nobody fits, which ties stay."""

from cooperation.insight.bridging import EMPLOYMENT, TERM, Link, sole_links, university_links
from cooperation.insight.register import INSIGHTS

__all__ = ["EMPLOYMENT", "INSIGHTS", "TERM", "Link", "sole_links", "university_links"]
