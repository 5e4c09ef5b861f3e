"""When a meeting was held, as the words around its name say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from kg.chinese.dates import Date
from kg.extract.page import Page

# 8月6日，会议学习贯彻市委…会议精神: the date is that of the reading.
_ONLY_SPOKEN_OF = re.compile("贯彻|学习|传达|落实|根据|按照|围绕|部署|审议|总结|自|以来|将")
_UNKNOWN_YEAR = re.compile("去年|前年|上年|明年")
_HERE = re.compile("在(?:这里|此地?|现场)(?:召开|举行)")
_LATELY = re.compile("日前|近日|当日|(?<![有一比从])(?:昨日|昨天|今日|今天)")
# 昨日，市政协召开…; …会议昨天在甲市闭幕: counted from the day of the paper.
_DAYS = {"昨日": -1, "昨天": -1, "昨晚": -1, "今日": 0, "今天": 0}
_THE_DAY = re.compile(f"(?<![有一比从])(?P<day>{'|'.join(_DAYS)})")
_HELD_THEN = re.compile(
    rf"于?(?P<day>{'|'.join(_DAYS)})(?:[上下]午)?(?:在[^，。；]{{1,16}})?(?:顺利|隆重|胜利|圆满)?(?:召开|举行|开幕|闭幕)"
)
# 年初召开的市政协六届三次会议.
_EARLY_IN_YEAR = re.compile("(?<![去前上明])年初(?:召开|举行)的$")
# 时间回到2023年1月。在…会议上，: a sentence that only sets the time.
_SETS_TIME = re.compile("[^，。；]{0,8}$")
# 甲委员会2023年工作回眸: all that it tells of was in that year.
_OF_A_YEAR = re.compile(r"(?P<year>20\d\d)年度?[^，。；\n]{0,8}?(?:综述|回眸|回顾|总结|掠影|扫描)")
_OPENS = 12
"""Characters of a sentence before the day it opens with: 本报讯（记者…） is cut off before, 日前 stands between."""
# What stands beside the date of a newspaper's page or a website, and not under the title of a speech.
_PUBLISHED = re.compile("报|版|星期|责编|编辑|期|来源|日期|发布|时间|讯")
_HELD_IN_TITLE = re.compile("上的|上作|召开|举行|举办|开幕|闭幕|侧记|纪实|综述|发言|交流|讲话|材料|上?$")


def of_meeting(page: Page, start: int, end: int, *, held: bool = False) -> Date | None:
    """The date of the meeting ``flow[start:end]``: in its sentence before it or right behind; *held*: it is reported.

    日前 and 近日 and an earlier sentence's date give the year only.
    """
    flow, sentence = page.flow, page.sentence(start)
    near = page.dates_within(sentence.start, sentence.end)
    before = [d for d in near if d.end <= start and start - d.end <= 30]
    after = [d for d in near if d.start >= end and d.start - end <= 4]
    opening = next((d for d in near if d.end <= start and d.start - sentence.start <= _OPENS), None)
    # 4月18日，区政协以“…”为题，召开今年第四次…座谈会.
    if held and opening and len(opening.iso) == 10 and (not before or len(before[-1].iso) == 4):
        before = [opening]
    if before and _ONLY_SPOKEN_OF.search(flow, before[-1].end, start):
        before = []
    if before or after:
        return before[-1] if before else after[0]
    if day := _HELD_THEN.match(flow, end) or (held and _THE_DAY.search(flow, sentence.start, start)):
        return _counted(page, day)
    line = page.line(start)
    if _HERE.match(flow, end):
        before = page.dates_within(max(line.start, sentence.start - 120), sentence.start)
        if before and len(before[-1].iso) == 10:
            return before[-1]
    if page.year and (early := _EARLY_IN_YEAR.search(flow, sentence.start, start)):
        return Date(*early.span(), str(page.year))
    if scene := _scene(page, sentence.start, start):
        return scene
    if not held or _UNKNOWN_YEAR.search(flow, sentence.start, start):
        return None
    earlier = page.dates_within(max(line.start, start - 400), sentence.start)
    if earlier:
        return Date(earlier[-1].start, earlier[-1].end, earlier[-1].iso[:4])
    lately = _LATELY.search(flow, sentence.start, start)
    if lately and page.year:
        return Date(*lately.span(), str(page.year))
    title = next((line for line in page.document.lines if line.kind in ("title", "subtitle")), None)
    of_year = _OF_A_YEAR.search(flow, title.start, title.start + 80) if title else None
    return Date(*of_year.span(), of_year["year"]) if of_year else None


def _scene(page: Page, begin: int, start: int) -> Date | None:
    """The date that the sentence before *begin* does nothing but tell, if the meeting at *start* opens the next."""
    last = next(iter(page.dates_within(max(0, begin - 16), begin)), None)
    if last is None or start - begin > 4 or page.flow[last.end : begin] != "。":
        return None
    return last if _SETS_TIME.fullmatch(page.flow, page.sentence(last.start).start, last.start) else None


def _counted(page: Page, m: re.Match[str]) -> Date | None:
    """The day that 昨日 and 今天 mean; the year only where the text itself has no day."""
    if not page.date:
        return None
    if len(page.date) < 10:
        return Date(*m.span("day"), page.date[:4])
    day = datetime.date.fromisoformat(page.date) + datetime.timedelta(_DAYS[m["day"]])
    return Date(*m.span("day"), day.isoformat())


def own(page: Page, spans: Iterable[tuple[int, int]]) -> Date | None:
    """The date of a speech or report is that of the meeting its title names (在…会议上的讲话).

    A newspaper's or a website's date is none: the meeting was held before.
    """
    date = page.date
    if not date or not (len(date) > 4 or page.document.meta.date) or not any(_reported(page, span) for span in spans):
        return None
    said = next((d for d in page.dates if d.iso == date), None)
    if not said:
        return None
    line = page.line(said.start)
    return None if _PUBLISHED.search(page.flow, line.start, line.end) and line.kind != "subtitle" else said


def _reported(page: Page, span: tuple[int, int]) -> bool:
    """Whether a title says that the meeting itself was held: 在…会议上的讲话, not 贯彻…会议精神 or 迎接党的二十大."""
    line = page.line(span[0])
    if line.kind not in ("title", "subtitle"):
        return False
    after = page.flow[span[1] : line.end]
    return bool(_HELD_IN_TITLE.match(after)) or page.flow[line.start : span[0]].endswith(("召开", "举行", "举办"))
