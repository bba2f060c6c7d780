"""Topics that only the task list has, of tasks 1 to 7; those of tasks 9 to 13 beside them."""

from exhibits.tasks.topic import Topic
from exhibits.tasks.topic_list_aid import AID_TOPICS
from exhibits.wording.definitions import limit

IN_TIME = "按时办结率"

MONITORED = (
    "截至日认定有效的防止返贫监测对象，按脱贫不稳定、边缘易致贫、突发严重困难三类列；"
    "同时认定两类的各计一次，按主类别所在地区统计。"
)

DUE = (
    "期内到期诉求中按其办理方式的时限办结的比例：现场直办1日、乡村干部领办5个工作日、"
    "镇村联办10个工作日、跟踪督办20个工作日（系统默认）。"
)

#: 序时进度 of a quarter's list.
IN_QUARTER = "序时进度为本季度已过日数占全季日数的比例，覆盖率低于它即慢于序时。"

TOPICS = (
    Topic(
        *("application_step", "1-1", "application", "认定各环节及时率"),
        *("环节", "时限内完成", "完成", "件", "及时率"),
        "期内完成的环节中在时限内的比例："
        f"乡镇初审{limit('application.township_review')}，县级确认{limit('application.county_confirm')}，"
        f"录入{limit('upload.result')}。",
    ),
    Topic(
        *("monitored_kind", "1-2", "identification_spell", "三类监测对象"),
        *("监测类型", "同时纳入低保或特困", "监测对象", "人", "同时纳入占比"),
        MONITORED,
        share=True,
    ),
    Topic(
        *("monitored_kind", "1-2", "identification_spell", "监测对象（分地区与类型）"),
        *("地区", "同时纳入低保或特困", "监测对象", "人", "同时纳入占比"),
        MONITORED,
        by="region",
        apart=True,
    ),
    Topic(
        *("silence", "2", "referral", "推送后静默（分部门）"),
        *("部门", "无任何回音", "推送", "件", "静默率"),
        "期内推送的事项中截至日既未签收、也未退回、办理或反馈的比例。",
    ),
    Topic(
        *("submission", "3", "data_submission", "数据报送（分数据集）"),
        *("数据集", "按时报送", "应报", "批次", "按时上报率"),
        f"期内到期批次中按时报送的比例。{limit('submission.county')}。",
    ),
    Topic(
        *("submission", "3", "data_submission", "数据报送（分月）"),
        *("月份", "按时报送", "应报", "批次", "按时上报率"),
        f"期内到期批次中按时报送的比例。{limit('submission.county')}。",
        by="month",
    ),
    Topic(
        *("submission", "3", "data_submission", "数据报送（分县区）"),
        *("地区", "按时报送", "应报", "批次", "按时上报率"),
        f"期内到期批次中按时报送的比例。{limit('submission.county')}。",
        by="region",
    ),
    Topic(
        *("match", "4", "match_run", "部门数据比对（分部门）"),
        *("部门", "比中", "比入", "人次", "比中率"),
        "期内各部门数据比对的比入与比中人次。",
    ),
    Topic(
        *("match", "4", "match_run", "部门数据比对（分月）"),
        *("月份", "比中", "比入", "人次", "比中率"),
        "期内各月数据比对的比入与比中人次。",
        by="month",
    ),
    Topic(
        *("appeal_mode", "5", "appeal", "诉求按时办结（分办理方式）"),
        *("办理方式", "按时办结", "到期", "件", IN_TIME),
        DUE,
    ),
    Topic(
        *("appeal_mode", "5", "appeal", "诉求按时办结（分地区）"),
        *("地区", "按时办结", "到期", "件", IN_TIME),
        DUE,
        by="region",
    ),
    Topic(
        *("appeal_again", "5", "appeal", "重复与转信访（分办理方式）"),
        *("办理方式", "重复或转信访", "受理", "件", "重复与转信访率"),
        "期内受理的诉求中重复反映或转为信访的比例。",
    ),
    Topic(
        *("appeal_again", "5", "appeal", "重复与转信访（分地区）"),
        *("地区", "重复或转信访", "受理", "件", "重复与转信访率"),
        "期内受理的诉求中重复反映或转为信访的比例。",
        by="region",
    ),
    Topic(
        *("appeal_satisfaction", "5", "appeal", "诉求满意度"),
        *("评价", "满意或基本满意", "评价", "件", "满意率"),
        "期内办结诉求的评价，未评价的不计。",
        share=True,
    ),
    Topic(
        *("visit_role", "6", "field_visit", "走访发现（分走访人员）"),
        *("走访人员", "发现可能符合条件", "走访", "次", "发现率"),
        "期内走访中发现可能符合条件的比例。",
    ),
    Topic(
        *("target_group", "6", "visit_target", "重点对象走访覆盖"),
        *("重点对象", "本季度已走访", "重点对象", "户", "走访覆盖率"),
        f"本季度重点对象户中本季度已走访的比例；其余为尚未走访。{IN_QUARTER}",
        progress="quarter",
    ),
    Topic(
        *("target_group", "6", "visit_target", "走访覆盖（分地区）"),
        *("地区", "本季度已走访", "重点对象", "户", "走访覆盖率"),
        f"本季度重点对象户中本季度已走访的比例；其余为尚未走访。{IN_QUARTER}",
        by="region",
        progress="quarter",
    ),
    Topic(
        *(
            "ever_visited",
            "6",
            "visit_target",
            "从未走访的重点对象",
        ),
        *("重点对象", "曾经走访", "重点对象", "户", "曾走访率"),
        "本季度重点对象户中截至日曾有走访记录的比例；其余为从未走访。",
    ),
    *AID_TOPICS,
)
