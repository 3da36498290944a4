"""Stock, flow, target, rate or price: the governing verb decides, and a plan goes first."""

from __future__ import annotations

import re
from functools import lru_cache

from index.chinese.words import tagged
from index.records import FigureKind
from ingest.measure.numbers import Number
from ingest.measure.phrases import is_change, leading_verb, stripped
from ingest.measure.said import Said

# Looked up once: a member of an enumeration takes longer than a comparison.
_FLOW = FigureKind.FLOW
_PRICE = FigureKind.PRICE
_RATE = FigureKind.RATE
_STOCK = FigureKind.STOCK
_TARGET = FigureKind.TARGET
_PLAN = re.compile(
    r"(?<!行动)计划(?!生育|内|外)|规划(?!面积)|预期(?=目标(?:是|为|:|建议)|增|达|实现|完成)|拟(?!定)|力争|争取(?=[\u4e00-\u9fff]{0,8}(?:实现|达|完成|形成|在|使|突破|建成|新增|引进))|打算|下一?步|准备|预脱|预出|确保|即将|后续|目标(?=是|为|:|任务)|"
    r"(?<!必)将(?=[于在要完建修新投实达再会进对突通开引带有增保控降提推使为]|[\u4e00-\u9fff]{2,6}(?:控制|降|提高|压))|"
    r"可(?=增|实现|达|吸纳|带动|安排|解决|建成|完成|新增|获|为)|"
    r"(?:^|[,;、。])要|应(?=达|完成|当)|任务(?=是|为|:|数)"
)
# Looked for first: found fast, as each begins with a character and looks at nothing around it.
_MAY_PLAN = re.compile(
    "计划|规划|预|拟|力争|争取|打算|下步|下一步|准备|确保|即将|后续|目标|将|可|要|应|任务|有望"
)
_EXPECTED = re.compile(r"预计|预测|有望")
_DONE = re.compile(
    r"已(?!有)|实际|目前|截[至止]|现有|累计完成|超额完成|(?<!要)(?<!将)完成了|顺利完成|去年|上年|达到了|实现了|截至"
    # What is said of a plan behind it: 超过年初计划8亩, 完成计划任务的86%, 编制规划, 雨露计划.
    r"|超[过出额]?[^,;。]{0,6}(?:计划|任务|目标)|完成(?:全?年度?|年初|上级)?(?:计划|目标|下达)(?:任务)?"
    r"|编[制修]了?[^,;。]{0,16}规划|雨露计划|(?<=[,;])共(?=[开完建新实投发招])"
)
_STANDING = re.compile(r"目前|现有|截[至止]|由\0*的?$|去年|上年")
_PRICED = re.compile(
    r"保障金|养老金|单价|价格?为|保底价|收购价|均价|标准(?!化|示范|厂房|件)|起付线|封顶|赔付|租金|每(?:斤|公斤|吨|亩|平方米|平方|度|张|头|只|株|棵|件|个|次|天|立方|人每|人次|学年|学期|月每人|床)|"
    r"[人月天]每[月天人]|最低工资|底价|每人|定额"
)
_PER_UNIT = re.compile(r"^[/每][亩斤吨公千平人户头只株棵件月年天次]")
_UNIT_PRICE = re.compile(r"每|价|标准(?!化|示范|厂房|件)|赔付|封顶|起付|最高|定额|/")
_PER_HEAD = re.compile(r"人均|户均|每户|年均|亩均")
_DEMANDED = re.compile(r"的?(?:要求|目标(?!任务数))")
_BEGIN_DEMANDED = frozenset("的要目")
_PAID = re.compile(
    r"每(?:户|人|亩|头|只|生|个|座|间|套)[^,。;]{0,8}(?:补助|补贴|奖励|资助|奖补|发放|给予)|(?:补助|补贴|奖励|资助|奖补|给予)[^,。;]{0,6}每(?:户|人|亩|生|头|只)"
)
_BALANCE = re.compile(
    r"余额|(?<![投定])资产|存款|负债|债务|注册资[本金]|存量|市值|库存|积累|家底|贷款余"
)
_MEASURE = re.compile(
    r"(?:人口|面积|人数|户数|总数|里程|存量|保有量|容量|库容|装机|耕地|林地|水田|旱地|水面|距离|规模|总量|数量)$"
)
"""Heads of phrases that stay a stock whatever was done to come to them: 退耕还林面积."""
_STANDS = re.compile(
    r"(?:人员|党员|在校生|学生|劳动力|农户|小组|村民组|自然村|村|社区|镇|户|主体|企业|商户|队伍|网格|医生|教师|教职工|干部|老人|"
    r"儿童|残疾人|低保|五保|供养|特困|对象|公里|范围|距|基地|园区|平台|床位|机构|支部|组织|合作社|景区|建档立卡|致贫|责任人|联系人)$"
)
"""Heads of phrases that are a stock where nothing is said to have been done."""
_STATE = re.compile(
    r"未脱贫|剩余(?!任务)|尚剩|[还仅]剩|剩下|参加|加入|参保|覆盖|从事|外出|务工|居住|涉及|位于|距|离|拥有|现有|共有|设有|下设|辖|达到|保有|在册|在校|在岗|致贫|"
    r"占地|容纳|不足|入驻|享受(?=低保|政策)|存量|结存|库存|原有|可[储存容停]|运行"
)
_LEFT = re.compile(r"未脱贫|剩余(?!任务)")
_LACKING = re.compile(r"^[^,;。]{0,12}?(?:没有|尚未|需要|缺)")
_HOLDS = re.compile(r"[储存库容载]|产能|能力|规模|级")
_MORE = re.compile(r"新增|净增|新[建设]")
_REACHED = re.compile(
    r"[\0\s]*(?:总数|累计|分别|各|均)*[\0\s]*(?:已?达到?|增至|增加到|发展到)?了?[\0\s]*"
)
_THINGS = frozenset(("piece", "household", "person", "group"))
_TAKEN = re.compile(
    r"(?:参加|参与|享受)[\u4e00-\u9fff]{0,6}"
    r"(?:贷款|信贷|培训|活动|会议|改造|资助|搬迁|救助|分红|补贴|补助)"
)
_EVENT = re.compile(
    r"脱贫(?!户|家庭|人口|不稳定|地区|村|县|劳动力)|新(?:识别|纳入|认定|签约|改建)|新[建增修装改扩开设植栽签办发认入培引]|改[造建厕]|"
    r"建[成设](?!用地|档)|修(?:[路桥渠塘]|建)|筹建|续建|扩建|安装|硬化|架设|铺设|完成|实施|发放|投入|投资|落实|争取|整合|筹[集措]|拨付|到位|"
    r"减[免少轻]|救助(?!对象)|资助|补助|补贴|慰问|捐[赠助]|送去|培训(?!基地|机构|中心|师)|带动|帮扶(?!干部|责任人|联系人|车间|工作队|单位|措施|队|对象)|"
    r"吸纳|安置(?!点|房|区|社区|小区)|搬迁(?!户|群众|点|人口|对象)|转移就业|就业(?!率|车间|帮扶|困难|人口|人员|岗位?)|招[聘收引商]|引进|"
    r"组织(?!$)|召开|举办|开展|排查|调解|化解|处[理置罚]|整改|查处|查[办获]|种植(?!户|大户|面积|基地|合作社)|栽[种植]|"
    r"养殖(?!户|场|基地|小区|合作社|大户|业)|出栏|产[出量]|采摘|收获|治理(?!主体)|绿化|造林|退耕|流转|签[约订了]|开工|竣工|投[产用运]|"
    r"启用|开通|通车|开业|运营|创建|创成|评[选为定]|获[得评批]|表彰|选派|聘请|配备|接待|走访|入户|宣传|印发|张贴|办[结理成]|"
    r"审批|受理|成立|组建|设立|设置|退出|纳入(?!低保|监测)|清退|复核|核查|修[复缮订]|维修|加固|重建|翻建|拆[除迁]|"
    r"清[理运除]|关停|淘汰|取[缔消]|下[降达放]|提高|增[加收长]|降低|压[缩减]|解决|惠及|救治|兑[换付]|销售|营业|收入|支出|收益|"
    r"分红|产值|入库|出口|进口|贷款(?!余额)|发电(?!站)|夜访|上门|征地|整理|开挖|疏浚|加工(?!厂|点|企业|车间)|供[应电](?!站|所)|"
    r"摸排|备案|上缴|评议|公示|辅导|发展(?!中|区)|培育|推广|打造|提升|启动|推进|谋划|储备|入选|上市|孵化|迁[入出]|出列|验收|"
    r"达标|销号|筛查|体检|接种|续建|改扩建|改革|结业|毕业|输[转出]"
)


_DOING = frozenset(
    "建设 建成 新建 新增 完成 聘请 种植 安装 新装 新修 修建 改造 硬化 发放 举办 "
    "开展 组织 培训 实施 引进 设立 成立 创建 打造 新改建 改扩建 扩建 续建 改建 "
    "评选 选派 获得 争取 栽植 种 养 新种 推广 创成 新创 培育 认定 新认定 组建 "
    "建立 设置 开工 投放 采购 添置 整治 治理 清理 拆除 修复 维修 开通 新开 出栏 "
    "销售 实现 出台 推出 启动 制定 制订 修订 扶持 帮扶 聘用 评出 教会 输转 试种 "
    "识别 识别出 新识别 选聘 招聘 救助 资助 慰问 捐赠 发展 打通 办理 办结 化解 "
    "调解 排查 整改 开发 吸收 接收 购置 购买 购进 配备 配发 更换 铺设 架设 栽种 "
    "补植 修通 修成 清淤 疏通 流转 走访 制作 印发 编印 收集 征集 收到 受理 接待 "
    "调处 申报 推荐 输送 安排 落实 筹集 筹措 募集 赠送 奖励 表彰 查处 发现 消除 "
    "清退 拨付 兑现 解决 招录 上缴".split()
)


def kind_of(
    number: Number,
    said: Said,
    front: str,
    behind: str = "",
    prior: FigureKind | None = None,
    *,
    planned: bool,
    future: bool,
    review: bool,
) -> FigureKind:
    """The kind of a number; `front` is its sentence up to it, with dates hidden, `behind` the rest,
    `prior` the kind that its indicator has as a rule.

    `planned`: its section plans. `future`: a time after the report governs it. `review`: its
    section is said to look back, where 预计 tells what came out.
    """
    demanded = said.right[:1] in _BEGIN_DEMANDED and _DEMANDED.match(said.right)
    if demanded or _is_planned(said, front, planned=planned, future=future, review=review):
        return _TARGET
    if number.kind == "ratio" or number.bare == "倍":
        return _RATE
    if number.bare == "元" and _is_price(number, said, front):
        return _PRICE
    return _FLOW if _is_flow(number, said, front, behind, prior) else _STOCK


def _is_planned(said: Said, front: str, *, planned: bool, future: bool, review: bool) -> bool:
    if planned:
        clause = front[max(front.rfind(","), front.rfind(";"), front.rfind("。")) + 1 :]
        return not (_STANDING.search(clause) or (_DONE.search(clause) and not future))
    if future:
        return True
    if not _MAY_PLAN.search(front):
        return False
    planned_at = max(_last(_PLAN, front), -1 if review else _last(_EXPECTED, front))
    return planned_at > 0 and planned_at > _last(_DONE, front)


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last of what a pattern finds ends; -1 where it finds nothing."""
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def _is_price(number: Number, said: Said, front: str) -> bool:
    words = said.left + said.right + said.indicator
    if _PER_UNIT.match(said.right):
        return True
    clause = front[front.rfind(",") + 1 :]
    if number.unit != number.bare and not _UNIT_PRICE.search(words + clause[-12:]):
        return False  # 发放养老金34亿元: sums in 万 and 亿 are no standards
    if _PER_HEAD.search(words):
        return bool(_PAID.search(clause + words))
    return bool(_PRICED.search(words) or _PRICED.search(clause[-12:]))


def _is_flow(number: Number, said: Said, front: str, behind: str, prior: FigureKind | None) -> bool:
    phrase = _OVER.sub("", said.indicator) if "超" in said.indicator else said.indicator
    if number.kind == "money" or (number.kind == "scale" and _MONEY.search(phrase)):
        return not _BALANCE.search(phrase) or is_change(stripped(said.left))
    if _LEFT.match(phrase):
        return False  # 尚有41户未脱贫
    if number.kind == "times" or number.bare == "人次" or is_change(stripped(said.left)):
        return True
    begins = max(front.rfind(","), front.rfind(";"), front.rfind("。"), front.rfind(":")) + 1
    clause = front[begins:]
    reached = number.approx == "达到" or clause.strip("\0 ")
    if number.kind in _THINGS and reached and _REACHED.fullmatch(clause) and _MORE.search(front):
        return False  # 新增公司10家,达到49家
    if said.verb in _DOING and not _WHO.match(phrase.removeprefix(said.verb)):
        return True
    if _MEASURE.search(phrase):
        return False
    behind = _CLAUSE_END.split(behind, 1)[0]
    if _LACKING.match(behind):
        return False
    if (there := _THERE_IS.search(said.left)) and _governing(there["thing"]) not in _DOING:
        # 有驻村工作队8支 there are, of 有30户种了花椒 something is told.
        return bool(_EVENT.search(behind))
    if number.kind == "weight":
        return not (_STATE.search(phrase) or _HOLDS.search(said.left + said.right + phrase))
    if _governing(clause) in _DOING and not _STATE.search(phrase):
        return True
    event = _EVENT.search(phrase)
    if _TAKEN.search(phrase):
        return True
    if event is not None and event.start() == 0:
        return True
    if _STATE.search(phrase) or _STANDS.search(phrase):
        return False
    if event is None and prior is _STOCK and leading_verb(phrase) not in _DOING:
        return False
    return event is not None or any(tag == "v" for _, tag in tagged(phrase))


# 产值超亿元企业 are enterprises of a size, not what was produced.
_OVER = re.compile(
    r"(?:年|主营|业务|营业|销售|交易|人均|纯|总)*(?:收入|额|产值|投资|销售|进出口|税收|营收)?"
    r"超[百千万亿]+美?元(?:以上)?的?"
)
_CLAUSE_END = re.compile(r"[,;。:]")
_THERE_IS = re.compile(
    r"(?<![没所拥享固国含占保持])(?:[共现设还另尚仍只仅都均也]?有|下?辖|下设)(?![效机线色关限])(?P<thing>[\u4e00-\u9fff]{0,12})$"
)


_SAID_FIRST = re.compile(
    r"^(?:[\0\s\d.、()①-⑳]|[一二三四五六七八九十]{1,2}[是、]|其中|成功|先后|累计|重点|持续|初步|共|已|又|还|再|全年|全[镇村县市州乡]"
    r"|我[局镇村县市]|春节前|手把手|积极|认真)+"
)


# 帮扶单位, 组织部门: who does it, not that it was done.
_WHO = re.compile(
    r"户|群众|人[口员]|干部|单位|对象|点|区|队|部门|员|者|责任|家庭|车间|基地|企业|大户|面积|中心"
)


@lru_cache(maxsize=1 << 14)
def _governing(clause: str) -> str:
    """The verb that a clause begins with: 实施 of 实施3000万元以上项目74个."""
    clause = stripped(_SAID_FIRST.sub("", clause).replace("\0", ""))
    if clause[:2] in _DOING:
        return "" if _WHO.match(clause, 2) else clause[:2]
    return leading_verb(clause[:12])


_MONEY = re.compile(r"资金|投资|投入|款|收入|费")
