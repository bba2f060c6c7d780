"""Topics of tasks 9 to 13: what was given, how often, how much and how fast."""

from exhibits.tasks.topic import Topic
from exhibits.wording.definitions import limit

TIMES = "金额为期内记录合计，未填金额按0计；一人多次逐次计，按救助发生地区和发生日统计。"

TEMPORARY = (
    "期内首次救助的临时救助个案，一案计一人次；急难型、支出型分列，金额为全案合计，含后续救助。"
)

INSURED = (
    "截至日在册人员中困难情形记录为参加城乡居民医保的比例；参加职工医保、未参保和未登记的不在其中。"
)

PREMIUM = "参加城乡居民医保的在册人员中，本参保年度已获资助参保（全额或定额）的比例。"

CAP = (
    "期内首次救助、填有先行金额的小金额先行救助个案中，先行金额超过上限的比例。"
    f"上限{limit('emergency.small_amount_cap').removeprefix('时限')}。"
)

#: 序时进度 of the year's money; more spent than allocated is a fault.
IN_YEAR = (
    "本年1月至截至月下达与支出资金。序时进度为本年已过日数占全年日数的比例；"
    "支出超过下达的（超过100%）属异常，须核查资金来源和台账，不作进度快看待。"
)

AID_TOPICS = (
    Topic(
        *("insured", "9-1", "circumstance_spell", "参保情况（分类别）"),
        *("主类别", "参保", "在册人员", "人", "参保率"),
        INSURED,
    ),
    Topic(
        *("insured", "9-1", "circumstance_spell", "参保情况（分地区）"),
        *("地区", "参保", "在册人员", "人", "参保率"),
        INSURED,
        by="region",
    ),
    Topic(
        *("premium_paid", "9-1", "benefit_event", "资助参保（分类别）"),
        *("主类别", "已获资助", "参保", "人", "资助率"),
        PREMIUM,
    ),
    Topic(
        *("premium_paid", "9-1", "benefit_event", "资助参保（分地区）"),
        *("地区", "已获资助", "参保", "人", "资助率"),
        PREMIUM,
        by="region",
    ),
    Topic(
        *("medical_aid", "9-1", "benefit_event", "医疗救助（分项目）"),
        *("项目", "金额", "救助", "人次", "次均救助"),
        TIMES,
    ),
    Topic(
        *("medical_aid", "9-1", "benefit_event", "医疗救助（分地区与项目）"),
        *("地区", "金额", "救助", "人次", "次均救助"),
        TIMES,
        by="region",
        apart=True,
    ),
    Topic(
        *("medical_aid", "9-1", "benefit_event", "医疗救助（分月与项目）"),
        *("月份", "金额", "救助", "人次", "次均救助"),
        TIMES,
        by="month",
        apart=True,
    ),
    Topic(
        *("temporary_aid", "10", "emergency_case", "临时救助（分类型）"),
        *("类型", "金额", "救助", "人次", "人次均水平"),
        TEMPORARY,
    ),
    Topic(
        *("temporary_aid", "10", "emergency_case", "临时救助（分地区与类型）"),
        *("地区", "金额", "救助", "人次", "人次均水平"),
        TEMPORARY,
        by="region",
        apart=True,
    ),
    Topic(
        *("aid_cause", "10", "emergency_case", "临时救助（分原因）"),
        *("原因", "金额", "救助", "人次", "人次均水平"),
        TEMPORARY,
    ),
    Topic(
        *(
            "small_amount",
            "10",
            "emergency_case",
            "小金额救助上限（分地区）",
        ),
        *("地区", "超过上限", "小金额先行救助", "件", "超上限率"),
        CAP,
        by="region",
    ),
    Topic(
        *("aid_hours", "10", "emergency_case", "首次救助用时"),
        *("用时", "24小时内救助", "报告", "件", "24小时内救助率"),
        f"期内报告、适用先行救助的急难个案，按报告到首次救助的小时数分段。{limit('emergency.first_aid')}。",
        share=True,
    ),
    Topic(
        *(
            "paperwork_days",
            "10",
            "emergency_case",
            "手续补齐用时",
        ),
        *("用时", "按时补齐", "缓解", "件", "按时补齐率"),
        f"期内急难缓解、适用先行救助的个案，按缓解到补齐手续的工作日分段。{limit('emergency.paperwork')}。",
        share=True,
    ),
    Topic(
        *("emergency_mode", "10", "emergency_case", "先行救助（分救助方式）"),
        *("救助方式", "24小时内救助", "报告", "件", "24小时内救助率"),
        f"期内报告的急难个案中24小时内首次救助的比例。{limit('emergency.first_aid')}。",
    ),
    Topic(
        *("emergency_severity", "10", "emergency_case", "先行救助（分程度）"),
        *("程度", "24小时内救助", "报告", "件", "24小时内救助率"),
        f"期内报告的急难个案中24小时内首次救助的比例。{limit('emergency.first_aid')}。",
    ),
    Topic(
        *("emergency_home", "10", "emergency_case", "先行救助（分户籍）"),
        *("户籍", "24小时内救助", "报告", "件", "24小时内救助率"),
        f"期内报告的急难个案中24小时内首次救助的比例。{limit('emergency.first_aid')}。",
    ),
    Topic(
        *("paperwork_mode", "10", "emergency_case", "手续补齐（分救助方式）"),
        *("救助方式", "按时补齐", "到期", "件", "手续补齐率"),
        f"期内手续到期的先行救助个案中按时补齐的比例。{limit('emergency.paperwork')}。",
    ),
    Topic(
        *("paperwork_severity", "10", "emergency_case", "手续补齐（分程度）"),
        *("程度", "按时补齐", "到期", "件", "手续补齐率"),
        f"期内手续到期的先行救助个案中按时补齐的比例。{limit('emergency.paperwork')}。",
    ),
    Topic(
        *("service_type", "11", "service_record", "服务完成（分服务类型）"),
        *("服务类型", "已提供", "计划", "次", "完成率"),
        "期内计划的服务中截至日已提供的比例。",
    ),
    Topic(
        *("service_type", "11", "service_record", "服务完成（分地区）"),
        *("地区", "已提供", "计划", "次", "完成率"),
        "期内计划的服务中截至日已提供的比例。",
        by="region",
    ),
    Topic(
        *("service_purchased", "11", "service_record", "服务完成（分提供方式）"),
        *("提供方式", "已提供", "计划", "次", "完成率"),
        "期内计划的服务中截至日已提供的比例，政府购买与自行提供分列。",
    ),
    Topic(
        *("case_reason", "13", "coordination_case", "县级协调个案（分原因）"),
        *("提请原因", "已办结", "启动", "件", "办结率"),
        f"期内启动的个案中截至日已办结的比例。{limit('coordination.decide')}。",
    ),
    Topic(
        *(
            "case_undecided",
            "13",
            "coordination_case",
            "县级协调待议定（分原因）",
        ),
        *("提请原因", "逾期未议定", "待议定", "件", "逾期率"),
        f"截至日已启动、尚未议定的个案中超过时限的比例。{limit('coordination.decide')}。",
    ),
    Topic(
        *("fund", "13", "fund_ledger", "资金支出进度（分项目）"),
        *("项目", "支出", "下达", "元", "支出进度"),
        IN_YEAR,
        progress="year",
    ),
    Topic(
        *("fund", "13", "fund_ledger", "资金支出进度（分地区）"),
        *("地区", "支出", "下达", "元", "支出进度"),
        IN_YEAR,
        by="region",
        progress="year",
    ),
)
