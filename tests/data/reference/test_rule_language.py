"""`docs/definitions.md`, “Eligible, covered, gap”: what a `test_expr` may say, and what is refused."""

import pytest

from data.reference.rule_language import Joined, RuleError, parse
from data.reference.rule_vocabulary import Term


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("cat('dibao')", Term("cat", ("dibao",))),
        ('cat("dibao", "tekun_scattered")', Term("cat", ("dibao", "tekun_scattered"))),
        (" (lowincome()) ", Term("lowincome")),
        ("res == 'rural'", Term("res", ("rural",))),
        ("age >= 18", Term("adult")),
        ("age < child_age_limit()", Term("child")),
        ("stage('primary', 'junior')", Term("stage", ("primary", "junior"))),
        ("disability_type('mental')", Term("disability_type", ("mental",))),
        (
            "not has('disability') and ev('death') or in_assistance()",
            Joined(
                "or",
                (
                    Joined(
                        "and",
                        (
                            Joined("not", (Term("has", ("disability",)),)),
                            Term("ev", ("death",)),
                        ),
                    ),
                    Term("in_assistance"),
                ),
            ),
        ),
    ],
)
def test_what_a_rule_may_say(text, expression):
    assert parse(text) == expression


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "不是条件式"),
        ("cat(‘dibao’)", "invalid character"),
        ("eval('1')", "没有条件“eval”"),
        ("__import__('os').system('true')", "只能调用条件"),
        ("cat.__class__", "Attribute不在规则语言中"),
        ("cat.strip('dibao')", "只能调用条件"),
        ("lambda: cat('dibao')", "Lambda不在规则语言中"),
        ("(lambda: 1)()", "只能调用条件"),
        ("[p for p in lowincome()]", "ListComp不在规则语言中"),
        ("cat('dibao') if lowincome() else lowincome()", "IfExp不在规则语言中"),
        ("cat('dibao') & lowincome()", "BinOp不在规则语言中"),
        ("cat('dibao') # and adult", "备注（#）"),
        ("(paid := lowincome())", "NamedExpr不在规则语言中"),
        ("True", "Constant不在规则语言中"),
        ("lowincome", "Name不在规则语言中"),
        ("-lowincome()", "UnaryOp不在规则语言中"),
        ("0 < age < 18", "可用的比较为res == '…'、age >= 18"),
        ("age >= 60", "可用的比较为"),
        ("age >= 18.0", "可用的比较为"),
        ("18 <= age", "可用的比较为"),
        ("res != 'urban'", "可用的比较为"),
        ("res == 'city'", "没有城乡“city”"),
        ("lowincom()", "没有条件“lowincom”，是否应为“lowincome”"),
        ("cat('dibao_edge')", "没有类别“dibao_edge”"),
        ("cat('tekun_central')", "没有类别“tekun_central”"),
        ("has('majordisease')", "没有情形“majordisease”，是否应为“major_disease”"),
        ("ev('deaths')", "没有事件“deaths”，是否应为“death”"),
        ("stage('1')", "没有学段“1”"),
        ("disability_type('junior')", "没有残疾类型“junior”"),
        ("policy_in_scope('P9999')", "没有项目“P9999”"),
        ("cat()", r"cat\(\)须带一个以上代码，见“cat"),
        ("has('disability', 'student')", r"has\(\)须带一个代码，见“has"),
        ("lowincome('dibao')", r"lowincome\(\)不带代码"),
        ("has(x='disability')", r"has\(\)须带一个代码"),
        ("cat(*names)", "须为引号内的类别代码"),
        ("has(disability)", "须为引号内的情形代码"),
        ("has(f'disability')", "须为引号内的情形代码"),
        ("has(1)", "须为引号内的情形代码"),
        ("lowincome()\nor lowincome()", "不是条件式"),
        ("lowincome(); lowincome()", "不是条件式"),
        ("lowincome()\0", "不是条件式"),
        ("(" * 10_000 + "lowincome()" + ")" * 10_000, "20011个字符，超过1000个"),
        ("(" * 300 + "lowincome()" + ")" * 300, "不是条件式"),
        ("-" * 900 + "1", "UnaryOp不在规则语言中"),
        ("not " * 10 + "lowincome()", "嵌套超过10层"),
        ("not " * 240 + "lowincome()", "嵌套超过10层"),
    ],
)
def test_all_else_is_refused(text, why):
    with pytest.raises(RuleError, match=why):
        parse(text)


def test_a_rule_may_be_as_deep_and_as_long_as_said():
    assert parse("not " * 9 + "lowincome()")
    assert parse("lowincome()".ljust(1000))


def test_a_refused_text_is_not_run(tmp_path):
    with pytest.raises(RuleError):
        parse(f"open('{tmp_path}/made', 'w')")
    assert not (tmp_path / "made").exists()
