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
        ("", "not an expression"),
        ("cat(‘dibao’)", "invalid character"),
        ("eval('1')", "there is no term 'eval'"),
        ("__import__('os').system('true')", "only a term can be called"),
        ("cat.__class__", "Attribute is not in the language"),
        ("cat.strip('dibao')", "only a term can be called"),
        ("lambda: cat('dibao')", "Lambda is not in the language"),
        ("(lambda: 1)()", "only a term can be called"),
        ("[p for p in lowincome()]", "ListComp is not in the language"),
        ("cat('dibao') if lowincome() else lowincome()", "IfExp is not in the language"),
        ("cat('dibao') & lowincome()", "BinOp is not in the language"),
        ("cat('dibao') # and adult", r"a remark \(#\)"),
        ("(paid := lowincome())", "NamedExpr is not in the language"),
        ("True", "Constant is not in the language"),
        ("lowincome", "Name is not in the language"),
        ("-lowincome()", "UnaryOp is not in the language"),
        ("0 < age < 18", "the comparisons are res == '…', age >= 18"),
        ("age >= 60", "the comparisons are"),
        ("age >= 18.0", "the comparisons are"),
        ("18 <= age", "the comparisons are"),
        ("res != 'urban'", "the comparisons are"),
        ("res == 'city'", "there is no residence 'city'"),
        ("lowincom()", "there is no term 'lowincom'; meant is perhaps 'lowincome'"),
        ("cat('dibao_edge')", "there is no category 'dibao_edge'"),
        ("cat('tekun_central')", "there is no category 'tekun_central'"),
        ("has('majordisease')", "no circumstance 'majordisease'; meant is perhaps 'major_disease'"),
        ("ev('deaths')", "there is no event 'deaths'; meant is perhaps 'death'"),
        ("stage('1')", "there is no stage '1'"),
        ("disability_type('junior')", "there is no type of disability 'junior'"),
        ("policy_in_scope('P9999')", "there is no programme 'P9999'"),
        ("cat()", "cat takes one code or more, in cat"),
        ("has('disability', 'student')", "has takes one code, in has"),
        ("lowincome('dibao')", "lowincome takes no code"),
        ("has(x='disability')", "has takes one code"),
        ("cat(*names)", "a category in quotation marks is wanted"),
        ("has(disability)", "a circumstance in quotation marks is wanted"),
        ("has(f'disability')", "a circumstance in quotation marks is wanted"),
        ("has(1)", "a circumstance in quotation marks is wanted"),
        ("lowincome()\nor lowincome()", "not an expression"),
        ("lowincome(); lowincome()", "not an expression"),
        ("lowincome()\0", "not an expression"),
        ("(" * 10_000 + "lowincome()" + ")" * 10_000, "20011 characters are more than 1000"),
        ("(" * 300 + "lowincome()" + ")" * 300, "not an expression"),
        ("-" * 900 + "1", "UnaryOp is not in the language"),
        ("not " * 10 + "lowincome()", "deeper than 10"),
        ("not " * 240 + "lowincome()", "deeper than 10"),
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
