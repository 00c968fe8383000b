"""Ten tables as offices of three cities keep them: title rows, two-row headings, ditto marks, totals, mixed dates, lists in a cell.
Everybody and everything in them is invented."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """A table of ``city``, written by ``write``; ``path`` are two names between which it tells a way, over ``through``."""

    name: str
    city: str
    file: str
    write: Callable[[Path], None]
    path: tuple[str, str]
    through: str


def _text(*rows: Sequence[str], encoding: str = "utf-8", separator: str = ",") -> Callable[[Path], None]:
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    return lambda path: path.write_text(text, encoding=encoding) and None


def _sheet(rows: Rows, title: str = "Sheet1", merged: Sequence[str] = ()) -> Callable[[Path], None]:
    return _book([(title, rows, merged)])


def _book(sheets: Sequence[tuple[str, Rows, Sequence[str]]]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        book = Workbook()
        book.remove(book.active)  # type: ignore[arg-type]
        for title, rows, merged in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for area in merged:
                sheet.merge_cells(area)
        book.save(path)

    return write


ROSTER: Rows = (
    ("南通市样本区柔性引才名单（截至2023年6月）",),
    ("序号", "姓名", "派出单位", "", "挂职", "", "备注"),
    ("", "", "学校", "职称", "单位", "起止", ""),
    (1, "周拟涛", "江北样本大学", "教授", "南通示例船舶有限公司", "2021.9-2023.8", ""),
    (2, "吴虚宁", "〃", "副教授", "南通虚构纺织有限公司", "2022年3月至今", "联系多"),
    (3, "郑例安", "示范理工学院", "讲师", "南通示例船舶有限公司", "2022/9-2023/8", ""),
    ("合计", "3人", "", "", "", "", ""),
)
CONTRACTS = (
    ("序号", "项目名称", "甲方", "乙方", "项目负责人", "签约时间", "金额(万元)"),
    ("1", "船用涂层寿命预测", "南通示例船舶有限公司", "江北样本大学", "周拟涛", "2022-03-01", "35"),
    ("2", "染料回收中试", "南通虚构纺织有限公司", "示范理工学院", "郑例安", "2021年11月", "12.5"),
    ("3", "焊缝图像检测", "南通示例船舶有限公司", "示范理工学院", "郑例安", "2023.5.6", "20"),
    ("合计", "", "", "", "", "", "67.5"),
)
VISITS: Rows = (
    ("企业走访记录",),
    ("走访日期", "走访人", "走访企业", "接待人", "谈了什么"),
    ("2023-02-03", "钱仿和、孙样思", "南通示例船舶有限公司", "李假工", "缺焊接人才"),
    ("2023年2月9日", "钱仿和", "南通虚构纺织有限公司", "赵模花", "想找高校"),
)
NEEDS = (
    ("编号", "企业全称", "技术需求", "联系人", "手机", "发布日期", "对接专家"),
    ("CD-01", "成都虚构光学有限公司", "镀膜均匀性", "何拟云", "13800000001", "2023-03-01", "冯样远"),
    ("CD-02", "成都样本医械有限公司", "导管涂层", "吕例青", "13800000002", "2023-03-15", ""),
    ("CD-03", "成都虚构光学有限公司", "偏心检测", "何拟云", "13800000001", "2023-04-02", "施仿洁"),
)
MATRIX: Rows = (
    ("高校", "成都虚构光学有限公司", "成都样本医械有限公司", "成都示例软件有限公司", "合计"),
    ("蜀都样本大学", "√", "", "√", 2),
    ("锦江示例学院", "", "√", "√", 2),
    ("合计", 1, 1, 2, 4),
)
EDGES = (
    ("主体", "关系", "客体", "开始年份"),
    ("冯样远", "任职于", "蜀都样本大学", "2012"),
    ("冯样远", "担任顾问", "成都虚构光学有限公司", "2019"),
    ("施仿洁", "毕业于", "蜀都样本大学", "2008"),
    ("成都示例软件有限公司", "投资", "成都样本医械有限公司", "2020"),
)
STUDENTS = (
    ("导师", "学院", "学生", "学位", "入学年月"),
    ("冯样远", "蜀都样本大学光电学院", "韦例明", "博士", "2020.9"),
    ("同上", "同上", "贺虚竹", "硕士", "2021.9"),
    ("施仿洁", "蜀都样本大学材料学院", "唐拟风", "博士", "2019年9月"),
)
PARTNERS = (
    ("Organisation", "Contact person", "E-mail", "Programme", "Works with", "Start", "End"),
    ("Aire Sample Charity", "Rosa Fabricant", "rosa@example.org", "River Watch", "University of Samplechester", "01/09/2020", "31/08/2023"),
    ("Headingley Mock Trust", "Tom Placeholt", "tom@example.org", "Green Roofs", "Exampleby University", "Jan 2021", "ongoing"),
    ("Otley Fictional Works Ltd", "Ana Specimen", "ana@example.org", "River Watch", "University of Samplechester", "2022", ""),
    ("TOTAL", "3", "", "", "", "", ""),
)
BOARD = {
    "city": "Leeds",
    "companies": [
        {
            "company": "Otley Fictional Works Ltd",
            "directors": [
                {"name": "Ida Mockridge", "role": "Chair", "from": "2018"},
                {"name": "Ben Nonesuch", "role": "Member", "from": "2020"},
            ],
        },
        {"company": "Aire Sample Energy plc", "directors": [{"name": "Ida Mockridge", "role": "Member", "from": "2021"}]},
    ],
}
GRANTS: Sequence[tuple[str, Rows, Sequence[str]]] = (
    (
        "Projects",
        (
            ("Code", "Title", "Lead", "Partner code", "Start"),
            ("P1", "Tidal paint", "Prof. Vera Exampleton", "O2", "2021-10"),
            ("P2", "Quiet looms", "Dr Sam Samplewood", "O3", "2022-01"),
        ),
        (),
    ),
    (
        "Organisations",
        (
            ("Code", "Organisation", "City"),
            ("O2", "Otley Fictional Works Ltd", "Leeds"),
            ("O3", "Headingley Mock Mills Ltd", "Leeds"),
        ),
        (),
    ),
)


def _json(path: Path) -> None:
    path.write_text(json.dumps(BOARD, ensure_ascii=False, indent=1), encoding="utf-8")


TABLES = (
    OfficeTable(
        "roster",
        "南通",
        "柔性引才名单.xlsx",
        _sheet(ROSTER, merged=("A1:G1", "C2:D2", "E2:F2")),
        ("江北样本大学", "南通示例船舶有限公司"),
        "周拟涛",
    ),
    OfficeTable(
        "contracts",
        "南通",
        "校企合同台账.csv",
        _text(*CONTRACTS, encoding="gb18030"),
        ("示范理工学院", "南通虚构纺织有限公司"),
        "染料回收中试",
    ),
    OfficeTable(
        "visits", "南通", "走访记录.xlsx", _sheet(VISITS, merged=("A1:E1",)), ("南通示例船舶有限公司", "南通虚构纺织有限公司"), "钱仿和"
    ),
    OfficeTable("needs", "成都", "技术需求.csv", _text(*NEEDS), ("成都虚构光学有限公司", "冯样远"), "镀膜均匀性"),
    OfficeTable("matrix", "成都", "合作矩阵.xlsx", _sheet(MATRIX), ("成都虚构光学有限公司", "成都示例软件有限公司"), "蜀都样本大学"),
    OfficeTable("edges", "成都", "关系表.csv", _text(*EDGES), ("蜀都样本大学", "成都虚构光学有限公司"), "冯样远"),
    OfficeTable("students", "成都", "导师名册.csv", _text(*STUDENTS), ("贺虚竹", "冯样远"), "冯样远"),
    OfficeTable(
        "partners",
        "Leeds",
        "partners.csv",
        _text(*PARTNERS),
        ("Aire Sample Charity", "Otley Fictional Works Ltd"),
        "University of Samplechester",
    ),
    OfficeTable("board", "Leeds", "board.json", _json, ("Otley Fictional Works Ltd", "Aire Sample Energy plc"), "Ida Mockridge"),
    OfficeTable("grants", "Leeds", "grants.xlsx", _book(GRANTS), ("Vera Exampleton", "Otley Fictional Works Ltd"), "Tidal paint"),
)
