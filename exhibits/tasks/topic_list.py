"""Topics that only the task list has: what is met of which whole, in what words."""

from dataclasses import dataclass

from exhibits.wording.definitions import limit


@dataclass(frozen=True)
class Topic:
    """A topic of a task row: its table, title, question, and what is met of which whole."""

    id: str
    row: str
    table: str
    title: str
    question: str
    label: str
    met: str
    whole: str
    unit: str
    rate: str
    definition: str
    by: str = "part"
    share: bool = False  # drawn as shares of the total, not as each row's rate

    @property
    def name(self) -> str:
        """Its name among the topics: what is counted, and by what."""
        return f"{self.id}-{self.by}"


IN_TIME = "按时办结率"

TOPICS = (
    Topic(
        *("application_step", "1-1", "application", "认定各环节及时率", "认定慢在哪个环节？"),
        *("环节", "时限内完成", "完成", "件", "及时率"),
        "期内完成的环节中在时限内的比例："
        f"乡镇初审{limit('application.township_review')}，县级确认{limit('application.county_confirm')}，"
        f"录入{limit('upload.result')}。",
    ),
    Topic(
        *("silence", "2", "referral", "推送后静默_分部门", "推送出去没有任何回音的有多少？"),
        *("部门", "无任何回音", "推送", "件", "静默率"),
        "期内推送的事项中截至日既未签收、也未退回、办理或反馈的比例。",
    ),
    Topic(
        *("submission", "3", "data_submission", "数据报送_分数据集", "哪类数据没有按时报？"),
        *("数据集", "按时报送", "应报", "批次", "按时上报率"),
        f"期内到期批次中按时报送的比例。{limit('submission.county')}。",
    ),
    Topic(
        *("submission", "3", "data_submission", "数据报送_分月", "报送是否按月按时？"),
        *("月份", "按时报送", "应报", "批次", "按时上报率"),
        f"期内到期批次中按时报送的比例。{limit('submission.county')}。",
        by="month",
    ),
    Topic(
        *("submission", "3", "data_submission", "数据报送_分县区", "哪个县区没有按时报？"),
        *("地区", "按时报送", "应报", "批次", "按时上报率"),
        f"期内到期批次中按时报送的比例。{limit('submission.county')}。",
        by="region",
    ),
    Topic(
        *("match", "4", "match_run", "部门数据比对_分部门", "哪些部门的数据比对最有用？"),
        *("部门", "比中", "比入", "人次", "比中率"),
        "期内各部门数据比对的比入与比中人次。",
    ),
    Topic(
        *("match", "4", "match_run", "部门数据比对_分月", "比对是否每月开展？"),
        *("月份", "比中", "比入", "人次", "比中率"),
        "期内各月数据比对的比入与比中人次。",
        by="month",
    ),
    Topic(
        *("appeal_mode", "5", "appeal", "诉求按时办结_分办理方式", "四种办理方式哪种办得及时？"),
        *("办理方式", "按时办结", "到期", "件", IN_TIME),
        "期内到期诉求中按其办理方式的时限办结的比例：现场直办1日、乡村干部领办5个工作日、"
        "镇村联办10个工作日、跟踪督办20个工作日（系统默认）。",
    ),
    Topic(
        *("appeal_again", "5", "appeal", "重复与转信访_分办理方式", "哪种办理方式容易反复？"),
        *("办理方式", "重复或转信访", "受理", "件", "重复与转信访率"),
        "期内受理的诉求中重复反映或转为信访的比例。",
    ),
    Topic(
        *("appeal_satisfaction", "5", "appeal", "诉求满意度", "群众满意吗？"),
        *("评价", "满意或基本满意", "评价", "件", "满意率"),
        "期内办结诉求的评价，未评价的不计。",
        share=True,
    ),
    Topic(
        *("visit_role", "6", "field_visit", "走访发现_分走访人员", "谁在走访，发现了多少？"),
        *("走访人员", "发现可能符合条件", "走访", "次", "发现率"),
        "期内走访中发现可能符合条件的比例。",
    ),
    Topic(
        *("target_group", "6", "visit_target", "重点对象走访覆盖", "四类重点对象走访到了吗？"),
        *("重点对象", "本季度已走访", "重点对象", "户", "走访覆盖率"),
        "本季度重点对象户中本季度已走访的比例；其余为尚未走访。",
    ),
    Topic(
        *(
            "ever_visited",
            "6",
            "visit_target",
            "从未走访的重点对象",
            "台账上的户有没有从未去过的？",
        ),
        *("重点对象", "曾经走访", "重点对象", "户", "曾走访率"),
        "本季度重点对象户中截至日曾有走访记录的比例；其余为从未走访。",
    ),
    Topic(
        *("aid_hours", "10", "emergency_case", "首次救助用时", "从报告到首次救助用了几小时？"),
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
            "缓解后补齐手续用了几个工作日？",
        ),
        *("用时", "按时补齐", "缓解", "件", "按时补齐率"),
        f"期内急难缓解、适用先行救助的个案，按缓解到补齐手续的工作日分段。{limit('emergency.paperwork')}。",
        share=True,
    ),
    Topic(
        *("emergency_mode", "10", "emergency_case", "先行救助_分救助方式", "急难救助快不快？"),
        *("救助方式", "24小时内救助", "报告", "件", "24小时内救助率"),
        f"期内报告的急难个案中24小时内首次救助的比例。{limit('emergency.first_aid')}。",
    ),
    Topic(
        *("emergency_severity", "10", "emergency_case", "先行救助_分程度", "较重的是不是更快？"),
        *("程度", "24小时内救助", "报告", "件", "24小时内救助率"),
        f"期内报告的急难个案中24小时内首次救助的比例。{limit('emergency.first_aid')}。",
    ),
    Topic(
        *("emergency_home", "10", "emergency_case", "先行救助_分户籍", "外地人遇到急难一样快吗？"),
        *("户籍", "24小时内救助", "报告", "件", "24小时内救助率"),
        f"期内报告的急难个案中24小时内首次救助的比例。{limit('emergency.first_aid')}。",
    ),
    Topic(
        *("paperwork_mode", "10", "emergency_case", "手续补齐_分救助方式", "哪种方式手续补得慢？"),
        *("救助方式", "按时补齐", "到期", "件", "手续补齐率"),
        f"期内手续到期的先行救助个案中按时补齐的比例。{limit('emergency.paperwork')}。",
    ),
    Topic(
        *("paperwork_severity", "10", "emergency_case", "手续补齐_分程度", "较重的手续补齐了吗？"),
        *("程度", "按时补齐", "到期", "件", "手续补齐率"),
        f"期内手续到期的先行救助个案中按时补齐的比例。{limit('emergency.paperwork')}。",
    ),
    Topic(
        *("service_type", "11", "service_record", "服务完成_分服务类型", "计划的服务做到了吗？"),
        *("服务类型", "已提供", "计划", "次", "完成率"),
        "期内计划的服务中截至日已提供的比例。",
    ),
    Topic(
        *("case_reason", "13", "coordination_case", "县级协调个案_分原因", "为什么提请县级协调？"),
        *("提请原因", "已办结", "启动", "件", "办结率"),
        f"期内启动的个案中截至日已办结的比例。{limit('coordination.decide')}。",
    ),
    Topic(
        *(
            "case_undecided",
            "13",
            "coordination_case",
            "县级协调待议定_分原因",
            "哪些个案还没有议定？",
        ),
        *("提请原因", "逾期未议定", "待议定", "件", "逾期率"),
        f"截至日已启动、尚未议定的个案中超过时限的比例。{limit('coordination.decide')}。",
    ),
    Topic(
        *("fund", "13", "fund_ledger", "资金支出进度_分项目", "资金花到哪里，花了多少？"),
        *("项目", "支出", "下达", "元", "支出进度"),
        "期内下达与支出资金。",
    ),
)
