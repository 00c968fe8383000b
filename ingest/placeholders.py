"""Names that stand where a name was not given: 第一名, 供应商三, A公司, 某企业. They mean somebody else in every row, so they name nobody.

Only what can be nobody's name is listed: 三一集团 and 第一医院 are real. A list with placeholders of its own has a rule in its mapping.
"""

from __future__ import annotations

import re

from ingest.outcome import Bilingual
from ingest.text import normal

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,4})"
_LETTER = r"(?:[A-Za-z]|[甲乙丙丁戊己庚辛壬癸])"
_ROLE = r"(?:供应商|供货商|采购商|客户|客商|股东|合作方|合作单位|合作企业)"
_KIND = rf"(?:{_ROLE}|单位|公司|企业|机构|法人|学校|高校)"
_PLACEHOLDER = re.compile(
    rf"第{_NUMBER}大?(?:名|位|{_KIND})"
    rf"|{_ROLE}\s?\(?第?(?:{_NUMBER}|{_LETTER})\)?(?:名|位)?|{_NUMBER}号{_KIND}"
    rf"|(?:单位|公司|企业)\(?(?:{_NUMBER}|{_LETTER})\)?|{_LETTER}{_KIND}"
    rf"|某.{{0,4}}{_KIND}|[^()]*某某[^()]*|[xX×]{{2,}}.{{0,8}}|[*＊]+"
    r"|其[他它](?:单位|公司|企业|供应商|客户|股东)?|无|不详|不适用|未知|待定|匿名|暂无|[小合总]计|同上|见附件|[-—/]+"
)

REASON = Bilingual("占位名称，不是机构名", "a placeholder name")
HINT = Bilingual("原表没有写出名称，补上后再导入。", "The source does not name it; fill in the name and load again.")


def is_placeholder(name: str) -> bool:
    """Whether a text stands for a name that was not given. An empty text is no name at all, and no placeholder either."""
    return _PLACEHOLDER.fullmatch(normal(name)) is not None
