"""What a load says of editions: of which table each file is one, what it changes, what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianyin.language import Language, say

if TYPE_CHECKING:
    from ingest.editions import EditionReport
    from ingest.report import Report
    from ingest.report_parts import FileReport

WHY = {
    "given": ("依 --edition-of", "as --edition-of says"),
    "keys": ("{looked_at} 个关键列中有 {known} 个相同", "{known} of {looked_at} keys are known"),
    "name": (
        "文件名只差日期；{looked_at} 个关键列中有 {known} 个相同",
        "named alike but for the date; {known} of {looked_at} keys are known",
    ),
}


def edition_lines(report: Report, language: Language) -> list[str]:
    """A line or two for each table that is another edition of one, and one for each that may be."""
    lines = []
    for each in report.files:
        if each.edition is not None:
            lines.append(_edition_line(each, each.edition, language))
        place = f"{each.file}{f' [{each.sheet}]' if each.sheet else ''}"
        lines += [say(language, f"请核对 {place}：{doubt.zh}", f"please check {place}: {doubt.en}") for doubt in each.edition_doubts]
    return lines


def _edition_line(each: FileReport, edition: EditionReport, language: Language) -> str:
    totals, of = each.totals, f"{edition.file}{f' [{edition.sheet}]' if edition.sheet else ''}"
    zh, en = (text.format(known=edition.known, looked_at=edition.looked_at) for text in WHY[edition.why])
    if edition.older:
        return say(
            language,
            f"{each.file} 是 {of}（{edition.load}，{edition.date}）更早的一期（{zh}）：不改动较新一期所说的，也不收回任何行",
            f"{each.file} is an earlier edition of {of} ({edition.load}, {edition.date}; {en}): what the later one says stands, no row is "
            "taken back",
        )
    counts_zh = f"未变 {totals.unchanged}，更新 {totals.updated}，新增 {totals.new}，缺 {edition.missing} 行"
    counts_en = f"{totals.unchanged} unchanged, {totals.updated} updated, {totals.new} new, {edition.missing} missing"
    return say(
        language,
        f"{each.file} 是 {of}（{edition.load}，{edition.date}）的新一期（{zh}）：{counts_zh}；改变了旧一期的 {edition.contradicted} 个值；"
        "若不是，请撤销后加 --new-series 再导入",
        f"{each.file} is a later edition of {of} ({edition.load}, {edition.date}; {en}): {counts_en}; contradicts {edition.contradicted} "
        "older values; if it is none, undo the load and say --new-series",
    )
