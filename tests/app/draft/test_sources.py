"""Whatever was reported and handed in: no number of a draft is without a source."""

from __future__ import annotations

import re
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.draft.comparing import reckoned
from app.draft.desk import draft
from app.draft.draft import Draft, Origin, SentenceKind
from index.archive import open_archive
from index.chinese.fold import fold
from ingest.job import ingest

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_PHRASES = (
    "石梁村位于清溪镇东部,距镇政府{}公里。",
    "全村{}户,党员{}人。",
    "脱贫户{}户{}人。",
    "硬化道路{}.5公里。",
    "新建大棚{}座,带动脱贫户{}户。",
    "一是缺少技术人员{}名。",
    "下半年计划脱贫{}户。",
    "坚持每月评比一次环境卫生,拨付{}元。",
    "收入{}万元,比去年增加{}%。",
    "某月投资xx万元修路{}米。",
)
_HEADINGS = ("一、基本村情", "二、主要做法", "三、存在问题", "四、下半年打算")


@st.composite
def told(draw: st.DrawFn, most: int) -> str:
    """A few sentences with numbers of their own."""
    phrases = draw(st.lists(st.sampled_from(_PHRASES), min_size=1, max_size=most))
    return "".join(
        phrase.format(*(draw(st.integers(2, 9999)) for _ in range(phrase.count("{}"))))
        for phrase in phrases
    )


def made(report: str, note: str) -> Draft:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "报告" / "石梁村2018年上半年工作总结.txt"
        file.parent.mkdir()
        file.write_text(report, encoding="utf-8")
        ingest((str(file),), Path(folder) / "archive", None)
        with closing(open_archive(Path(folder) / "archive")) as opened:
            return draft(opened, "石梁村", "2018H2", typed=(note,))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(told(4), min_size=4, max_size=4), told(3))
def test_no_number_of_a_draft_lacks_a_source(sections: list[str], note: str) -> None:
    body = "\n".join(f"{head}\n{text}" for head, text in zip(_HEADINGS, sections, strict=True))
    found = made(f"石梁村2018年上半年工作总结\n\n{body}\n", note)
    cited = {one.n: one for one in found.citations}
    assert found.verification.unsupported == ()
    for section in found.sections:
        for sentence in section.sentences:
            own = [cited[n] for n in sentence.citations]
            if sentence.kind is SentenceKind.COMPARISON:
                assert reckoned(sentence.text, own)
                continue
            known = set(_DIGITS.findall(fold(" ".join(one.quote for one in own))))
            known |= {"2018", "6"}  # the periods, also as 2018年6月底
            assert set(_DIGITS.findall(fold(sentence.text))) <= known
            if sentence.kind is SentenceKind.NEW:
                assert [one.origin for one in own] == [Origin.NOTES]
