"""Lines that name people and bodies: bylines and speakers."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import names
from kg.chinese.characters import HAN, is_han

_H = f"[{HAN}]"


# ── bylines ──────────────────────────────────────────────────────────────────────────────────────────────────────────
_OUTLET = (
    rf"(?:《{_H}{{2,8}}》|本报|本刊|本网|本台|本社|全媒体|融媒体|{_H}{{2,8}}?(?:报社?|新闻网|电视台|融媒体中心)|新华社)"
)
_ROLE = rf"""{_OUTLET}?(?:特约|首席|见习|实习|驻{_H}{{2,6}}?)*
    (?:全媒体?记者|融媒体?记者|记者|通讯员|评论员|特约撰稿人|特派员|实习生|作者|原文|撰文|撰稿|执笔|采写|口述|整理|摄影|文字|图片|供稿|责任编辑|责编|编辑|版式|美编|校对|审核)"""
_CREDIT = r"(?:文图|图文|摄影报道|摄影|文|图|摄|整理|供图)"
_ROLES = re.compile(
    rf"""(?<![{HAN}]){_ROLE}|(?:(?<=[\ /:：、])|(?<![{HAN}])(?=\S[/:：])){_CREDIT}(?![{HAN}])""", re.VERBOSE
)
_LEAD_IN = re.compile(
    rf"""（?(?:(?:本报|本网|本刊|新华社|中新社|人民网|央视网)[{HAN}\d]{{0,20}}?(?:讯|电|消息)(?:）|\ |[（(—\-\d]|\Z)
    |(?:{_H}{{2,4}}|{_H}{{2,8}}(?:报|网|新闻|台|中心|客户端|融媒)[{HAN}\d]{{0,12}})讯（)""",
    re.VERBOSE,
)
_IN_BRACKETS = re.compile(r"（([^（）]{2,60})）")
_SOURCE = re.compile(r"（?(?:来源|稿源|转自|供稿单位|信息来源)[:：]\s*([^（）]+?)）?\Z")
_SOURCE_AMONG = rf"(?<!{_H})(?:来源|稿源)[:：]\ ?(?P<source>{_H}{{2,16}})(?=\ |\Z)"
_NAME_SPLIT = re.compile(r"[\ 、，,/：:|]+")
# What a site's line says beside its authors.
_ABOUT_PAGE = re.compile(
    r"(?:发布)?(?:时间|日期)?[:：]?\ ?\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\ \d\d:\d\d(?::\d\d)?)?"
    rf"|{_SOURCE_AMONG}|(?:浏览|阅读|点击)(?:次数|量)?[:：]\ ?\d+次?"
    rf"|(?<!{_H})(?:作者|供稿|工作)?单位[:：]\ ?{_H}{{2,24}}"
)
_NO_BYLINE = re.compile(rf"[。！？；“”【】]|《(?!{_H}{{2,8}}》)")
_EDITORS = re.compile(r"责任编辑|责编|编辑|版式|美编|校对|审核")
_GLUED = "\x01"  # stands for a role that the next word follows without a space


def byline(words: str, marks: str = "") -> tuple[str, ...] | None:
    """Names of a byline, or None if *words* are none. *marks* are the layout marks that stood before.

    >>> byline("本报记者 王小明/文 刘大齐/摄"), byline("记者 吉 林 通讯员 欧阳文、买买提·艾力")
    (('王小明', '刘大齐'), ('吉林', '欧阳文', '买买提·艾力'))
    >>> byline("其木格 文/图"), byline("记者走基层 听民声"), byline("王小明 李四", "◎")
    (('其木格',), None, ('王小明', '李四'))
    """
    words = _ABOUT_PAGE.sub(" ", words).strip()
    if len(words) > 60 or _NO_BYLINE.search(words):
        return None
    if words.startswith("（") and words.endswith("）"):
        return _credited(words[1:-1], bare=True)
    return _credited(words, bare=bool(set(marks) & set("◎■□●⊙○◇◆▲")))


_COLUMN = re.compile("[报刊网][·•・]")  # 人民政协报·基层: a newspaper and its column


def authors(words: str, marks: str = "") -> tuple[str, ...]:
    """Of the names of a byline those of its authors: the editors of the page are left out.

    >>> authors("作者：王小明 编辑：李四"), authors("责任编辑 王小明")
    (('王小明',), ())
    """
    return byline(_EDITORS.split(words)[0].strip(), marks) or () if byline(words, marks) else ()


def _credited(words: str, *, bare: bool) -> tuple[str, ...] | None:
    """Names in words that consist of roles and names; *bare* names need no role."""
    plain, roles = _ROLES.subn(lambda m: f" {_GLUED}" if is_han(m.string[m.end() : m.end() + 1]) else " ", words)
    return _names(plain, loose=roles > 0) if roles or bare else None


def _names(words: str, *, loose: bool) -> tuple[str, ...] | None:
    """The names that *words* consist of, or None if something else stands among them.

    A surname that stands alone belongs to what follows it: names of two characters are padded in print.
    """
    out: list[str] = []
    half = ""
    for piece in _NAME_SPLIT.split(words.strip()):
        glued, piece = piece.startswith(_GLUED), piece.removeprefix(_GLUED)
        if half and 1 <= len(piece) <= 2:
            piece, half, glued = half + piece, "", False
        elif len(piece) == 1 and is_han(piece) and not half:
            half = piece
            continue
        if not piece or (loose and (is_body(piece) or _COLUMN.search(piece))):
            continue
        sure = is_name(piece) and not (glued and _is_word(piece))
        if half or not (sure or (loose and not glued and _may_be_name(piece))):
            return None
        out.append(piece)
    return None if half else tuple(dict.fromkeys(out))


def _is_word(piece: str) -> bool:
    from kg.chinese import tokens

    tag = tokens.tag(piece)
    return bool(tag) and not tag.startswith("nr")


def _may_be_name(piece: str) -> bool:
    """Whether a word without a Han surname can be a name where only names are expected.

    The dictionary cannot tell: it holds Tibetan and Mongolian names as common nouns.
    """
    return re.fullmatch(rf"{_H}{{2,7}}", piece) is not None and _NOT_NAME.search(piece) is None


_NOT_NAME = re.compile(
    r"报道|手记|观察|调查|专访|采访|基层|现场|一线|新闻|政协|委员|民声|民生|工作|建设|综述|侧记|来信|札记|视角|眼中|日记|见闻|协商|党建|履职"
    r"|[们的]|[节站报团队部组]\Z|\A[走听看说问访谈在对]"
)


def is_name(words: str) -> bool:
    """Whether *words* have the shape of a personal name and nothing else.

    >>> [is_name(w) for w in ("陈建明", "欧阳文", "买买提·艾力", "吉 林", "谱新篇")]
    [True, True, True, True, False]
    """
    if "·" in words:
        return re.fullmatch(rf"{_H}{{1,8}}(?:·{_H}{{1,8}})+", words) is not None
    plain = words.replace(" ", "")
    if not re.fullmatch(rf"{_H}{{2,4}}", plain) or (" " in words and len(plain) != 2):
        return False
    length = names.surname_at(plain, 0)
    return length > 0 and 1 <= len(plain) - length <= 2


def is_lead_in(words: str) -> bool:
    """Whether words open a piece of news: ``本报讯``, ``新华社北京5月7日电``."""
    return _LEAD_IN.match(words) is not None


def credits(paragraph: str) -> tuple[str, ...]:
    """Reporters named in brackets in the lead-in of a piece of news, or where a paragraph ends.

    >>> credits("本报讯（记者 王小明 通讯员 李四）日前，市政协召开会议。"), credits("会后作了点评。（韩 冰 赵国栋）")
    (('王小明', '李四'), ('韩冰', '赵国栋'))
    """
    if _LEAD_IN.match(paragraph):
        m = _IN_BRACKETS.search(paragraph[:120])
    else:
        m = _IN_BRACKETS.search(paragraph, paragraph.rfind("（")) if paragraph.endswith("）") else None
        if m and m.start() and paragraph[m.start() - 1] not in "。！？…”":
            return ()
    return (_credited(m[1], bare=m.end() == len(paragraph)) or ()) if m else ()


def source(words: str, *, among: bool = False) -> str:
    """Where a text says it was first published: ``来源：人民政协报`` gives ``人民政协报``; else empty.

    With *among*, also where authors or dates stand beside it.
    """
    m = _SOURCE.match(words) if len(words) <= 40 else None
    m = m or (re.search(_SOURCE_AMONG, words) if among else None)
    return re.split(r"\s*(?:日期|时间|作者|编辑|浏览|阅读)[:：]", m[1])[0] if m else ""


# ── speakers ─────────────────────────────────────────────────────────────────────────────────────────────────────────
_BODY_END = re.compile(
    r"""(?:政协|人大|政府|党委|党组|党总支|党支部|团委|妇联|工商联|侨联|科协|文联|残联|红十字会|总工会|工会|协会|商会|学会
    |常委会|委员会|工作委员会|常务委员会|办公室|办公厅|办事处|工作室|工作站|联络站|指挥部|领导小组|代表团|机关
    |纪委|监委|政法委|编办|法院|检察院|公安局|研究院|研究所|[^格布全大结开变新困僵破定危时棋政]局|[县区市省州盟旗工镇乡街健改教建资民农统宣组]委
    |[组宣统]\w{0,2}部|统战部|宣传部|组织部|武装部|支队|大队|民[革盟建进]|农工党|致公党|九三学社|台盟|大学|学院|医院|公司|集团|街道|[镇乡]|社区)(?:（[^（）]{2,12}）)?\Z""",
    re.VERBOSE,
)
_BODY_PLACE = re.compile(
    r"[省市区县旗州盟镇乡村]|街道|社区|自治|中共|全国|兵团|新区|民[革盟建进]|农工党|致公党|九三学社|台盟|中央|大学|学院|公司|集团"
)
_NO_BODY = re.compile(
    r"""[的把让是我们你他这更再最就也看说吗呢，。：；！？“”…]|(?<![三成于丰新武江昌花尧殷])都(?![匀安昌江兰])|那(?![曲坡])|如何|怎么|什么|(?<!共)同志|为[^市县]|走[进近出向]|有为|作为
    |\A(?:打造|建设|推进|推动|加强|加快|聚焦|助力|争当|奋进|做好|深化|强化|服务|支持|监督|关于|致|献给|情系|对话|感受|解读|学习
    |贯彻|落实|坚持|不断|全面|切实|认真|努力|积极|围绕|紧扣|扎实|着力|提升|提高|完善|健全|发挥|广泛|凝聚|共建|共创|创建|构建
    |开创|谱写|书写|唱响|画好|当好|答好|守好|建好|办好|用好|充分|深入|深耕|持续|牢记|忠诚|感谢|祝贺|热烈|访|走|在|以|向|从(?![江化])|让|与)""",
    re.VERBOSE,
)
_OFFICE = (
    r"(?:党组书记|书记|主席|主任委员|主任|主委|委员|常委|代表|局长|院长|检察长|县长|区长|市长|省长|州长|盟长|旗长|镇长|乡长|会长|秘书长"
    r"|部长|校长|董事长|总经理|经理|教授|研究员|组长|成员|庭长|所长|处长|科长|站长|理事长|理事|律师|负责人|召集人|厅长|司长|社长|总编辑"
    r"|巡视员|调研员|参事|厂长|行长|大队长|支队长|团长|政委|司令员|主持人|发言人|村长|队长|总工程师|工程师|医师|医生|教师|院士)"
)
_PERSON = re.compile(
    rf"(?P<post>[{HAN}、，（）()·“”《》\ \d]{{2,60}}?{_OFFICE}(?:（[^（）]{{1,12}}）)?)(?P<space>[\ ：:])?(?P<name>[{HAN}·\ ]{{2,24}})\Z"
)
_PERSON_AFTER = re.compile(
    rf"(?P<name>{_H}\ ?{_H}{{1,3}}|{_H}+(?:·{_H}+)+)(?:[\ ：:]|（)(?P<post>[{HAN}、，·\ ]{{2,50}}?{_OFFICE})）?\Z"
)


_COMMITTEE = re.compile(f"(?:{lexicon.alternation(lexicon.words('generic', 'topic'))}|[和与、])+委员会")


def is_body(words: str) -> bool:
    """Whether a line is the name of one concrete body and nothing else.

    >>> is_body("教科卫体委员会"), is_body("社会委员会议题")
    (True, False)
    >>> [is_body(w) for w in ("三都水族自治县政协", "从江县政协", "那坡县委")]
    [True, True, True]
    >>> [is_body(w) for w in ("木兰县政协", "市政协机关党组", "中共宾县县委", "打造一流区政协", "书香政协", "开创全市发展新格局")]
    [True, True, True, False, False, False]
    """
    if not 3 <= len(words) <= 30 or " " in words:
        return False
    if _COMMITTEE.fullmatch(words):
        return True
    if not _BODY_END.search(words) or not _BODY_PLACE.search(words):
        return False
    return not _NO_BODY.search(words)


def is_speaker(words: str) -> bool:
    """Whether a line names whom the words after it belong to: a body, or a person with an office.

    >>> [is_speaker(w) for w in ("江北区政协党组书记、主席 李四海", "中共巴彦县委书记 吉 林", "王小明（市政协委员）")]
    [True, True, True]
    >>> is_speaker("清原满族自治县政协主席 图伟东")
    True
    >>> [is_speaker(w) for w in ("县委书记 扛起责任", "市政协主席带头履职", "围绕中心聚合力 服务大局建新功")]
    [False, False, False]
    >>> is_speaker("记江北区政协委员李四海")
    False
    """
    words = words.rstrip("：")
    # 记…: a portrait of somebody, who does not speak.
    if len(words) > 72 or words.startswith("记") or re.search(r"[。！？；…]", words):
        return False
    if is_body(words):
        return True
    m = _PERSON.match(words)
    if m and is_name(m["name"].strip()):
        # Without a space before it a name must not be a word of the language: 主席带头, 主任谈话.
        return bool(m["space"]) or (bool(_BODY_PLACE.search(m["post"])) and _surely_name(words, m.start("name")))
    if m and m["space"] == " " and _BODY_PLACE.search(m["post"]) and _unknown_name(m["name"].replace(" ", "")):
        return True
    m = _PERSON_AFTER.match(words)
    return m is not None and is_name(m["name"]) and (bool(_BODY_PLACE.search(m["post"])) or words.endswith("）"))


def _unknown_name(words: str) -> bool:
    """Whether three characters that no known surname opens can only be a name: no word of the dictionary stands in them."""
    from kg.chinese import tokens

    if not re.fullmatch(rf"{_H}{{3}}", words):
        return False
    return all(tokens.tag(part)[:2] in ("", "nr", "nz") for part in (words, words[:2], words[1:]))


def _surely_name(words: str, at: int) -> bool:
    from kg.chinese import tokens

    name = words[at:]
    return len(name) <= 3 and (len(tokens.cut(name)) > 1 or tokens.tag(name).startswith("nr"))
