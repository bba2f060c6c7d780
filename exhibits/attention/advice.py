"""What is proposed that the meeting decides about a measure."""

from queries.answers.attention_counts import STATES
from queries.cubes.programmes import programme_numbers

ENTITLED = "逐人逐户核实，符合条件的按规定给予救助。"
ENDED = "逐人核实，不再符合条件的依规停发。"

ADVICE = {
    "unrouted": "逐件核查、转办，逾期预警清零。",
    "coordinating": "县级协调机制逐件议定并明确落实单位。",
    "routed": "逐件答复推送，逾期件清零。",
    "I0724": "逐件办结并反馈，逾期推送清零。",
    "I0723": "逐件办结逾期推送，明确专人按时限办理。",
    "I0204": "明确专人，按时限签收。",
    "I0203": "明确专人，按时限反馈。",
    "I0104": "逐件办结逾期申请并查明原因。",
    "I0301": "查明迟报原因，按时报送。",
    "I0302": "查明迟报原因，按时汇入。",
    "I0303": "逐条更正并说明原因。",
    "I0502": "逐件办结逾期诉求并回复本人。",
    "I0601": "按序时进度补齐走访。",
    "I0807": ENTITLED,
    "I0808": ENDED,
    "I0809": ENDED,
    "I0706": ENDED,
    "I1001": "查明先行救助不及时的原因，限期整改。",
    "I1302": "逐项说明原因，限期办结。",
}


def advice(measure: str) -> str:
    """逐件核查、转办，逾期预警清零。"""
    if measure in programme_numbers():
        return ENTITLED
    if measure in STATES.values():
        return ADVICE.get(measure, "逐件办结，逾期预警清零。")
    return ADVICE[measure]
