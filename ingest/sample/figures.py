"""The year's figures: counted from the very records that the other files hold, beside the article's targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.sample.city import Agreement, Indicator, Innovation, Training
from ingest.sample.distribution import distribution
from ingest.sample.stage import Stage

CITY = "全市"
STOCK = ("高技能人才总量", "技师总量", "高级技师总量")
DEMONSTRATIONS, INNOVATIONS, SHARE, TRAINED = "共建示范工作室", "革新发明创新成果", "成果转化率", "培训职工"


def make_indicators(
    stage: Stage, agreements: Sequence[Agreement], innovations: Sequence[Innovation], trainings: Sequence[Training]
) -> tuple[Indicator, ...]:
    """Four figures for the city and each district, then the stock of skilled workers, which has targets and no count."""
    year, targets = distribution().worker_innovations.year, distribution().targets
    district = [stage.enterprises[studio.enterprise].district for studio in stage.studios]
    demonstrations = _by_place(district[pair.studio] for pair in agreements if pair.studio is not None and pair.demonstration)
    completed = _by_place(district[each.studio] for each in innovations)
    transformed = _by_place(district[each.studio] for each in innovations if each.transformed_on)
    trained = _by_place(district[each.studio] for each in trainings for _ in range(each.person_times))
    found: list[Indicator] = []
    for name in (CITY, *(each.name for each in distribution().districts)):
        whole = name == CITY
        share = round(transformed[name] / completed[name], 4) if completed[name] else None
        found += [
            Indicator(year, DEMONSTRATIONS, stage.count(targets[DEMONSTRATIONS]) if whole else None, demonstrations[name], name, "家"),
            Indicator(year, INNOVATIONS, stage.count(targets[INNOVATIONS]) if whole else None, completed[name], name, "项"),
            Indicator(year, SHARE, targets[SHARE] if whole else None, share, name, "比率", transformed[name], completed[name]),
            Indicator(year, TRAINED, stage.count(targets[TRAINED]) if whole else None, trained[name], name, "人次"),
        ]
    return (*found, *(Indicator(year, name, targets[name], None, CITY, "人") for name in STOCK))


def _by_place(places: Iterable[str]) -> Counter[str]:
    """Counts by district, and their sum for the city."""
    counts = Counter(places)
    counts[CITY] = counts.total()
    return counts
