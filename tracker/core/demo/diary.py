"""What the demo learner writes down and ticks, evening by evening. All of it is our own invention."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DiaryPage:
    """One thing done on a day: minutes of an activity with its note, parts ticked, and then the step marked.

    Days count from 0. `step_id` and `parts` name the catalogue's; without minutes nothing is logged.
    """

    day: int
    step_id: str | None
    minutes: int
    activity: str
    note: str = ""
    parts: tuple[str, ...] = ()
    state: str | None = None


STATISTICS, ALGEBRA, BASICS = "statistics", "linear-algebra", "learning-basics"
EXAM, SKLEARN, CODING = "cert-aws-aif", "sklearn", "coding"

DIARY = (
    DiaryPage(0, STATISTICS, 70, "course",
              "One huge salary moves the *mean* and leaves the *median* alone.", state="doing"),
    DiaryPage(2, STATISTICS, 95, "course", parts=("describe",)),
    DiaryPage(3, CODING, 60, "coding", "Two pointers instead of two loops: 40 lines became 12.", state="doing"),
    DiaryPage(5, STATISTICS, 120, "course",
              "Bayes with a rare illness: most alarms are false. Drew it with 1,000 dots until I believed it."),
    DiaryPage(7, STATISTICS, 80, "reading", parts=("probability",)),
    DiaryPage(8, CODING, 75, "coding", parts=("arrays",)),
    DiaryPage(10, STATISTICS, 110, "coding",
              "Simulated waiting times in `numpy`.\n\n- lots of short ones, a few very long: *exponential*\n"
              "- the averages of 30 of them look like a bell"),
    DiaryPage(12, STATISTICS, 60, "course", parts=("distributions",)),
    DiaryPage(14, STATISTICS, 130, "course",
              "A 95 % interval is about the **method**, not about this one interval. Third time I read this, first "
              "time it stuck."),
    DiaryPage(15, CODING, 70, "coding", parts=("maps",)),
    DiaryPage(17, STATISTICS, 75, "reading",
              "Ice cream and sunburn. The summer does both.", parts=("inference", "correlation"), state="done"),
    DiaryPage(18, ALGEBRA, 60, "course", state="doing"),
    DiaryPage(20, ALGEBRA, 100, "course",
              "The dot product says how far two arrows agree. Suddenly embeddings make sense.", parts=("vectors",)),
    DiaryPage(21, None, 25, "reading",
              "Read two job ads line by line. Both ask for *serving* and *monitoring*, neither for a doctorate."),
    DiaryPage(22, ALGEBRA, 90, "coding",
              "Wrote matrix multiplication by hand once, then never again.", parts=("matrices",)),
    DiaryPage(24, CODING, 80, "coding", "Trees are recursion with a picture."),
    DiaryPage(26, ALGEBRA, 110, "course", parts=("projections",)),
    DiaryPage(28, ALGEBRA, 75, "course",
              "Done before the holiday, as planned.", parts=("derivatives",), state="done"),
    DiaryPage(38, BASICS, 50, "reading", "Back. Began with my old notes instead of something new.", state="doing"),
    DiaryPage(40, BASICS, 90, "coding",
              "Gradient descent in 15 lines. With a step of 1.1 it *explodes*, with 0.1 it arrives.",
              parts=("loss", "gradient-descent")),
    DiaryPage(41, CODING, 70, "coding", parts=("trees",)),
    DiaryPage(43, BASICS, 45, "coding",
              "Perfect on the training rows, useless on the others: so that is "
              "overfitting.", parts=("overfitting", "splits"), state="done"),
    DiaryPage(44, EXAM, 45, "reading",
              "Marked in the guide what is new to me:\n\n1. everything about Bedrock\n"
              "2. who is responsible for what\n3. the names of the ready-made services",
              parts=("guide",), state="doing"),
    DiaryPage(46, EXAM, 90, "course"),
    DiaryPage(47, CODING, 75, "coding", "Memoising turned minutes into milliseconds.", parts=("search",)),
    DiaryPage(49, EXAM, 75, "course", parts=("ai-ml",)),
    DiaryPage(50, SKLEARN, 100, "project",
              "Small project: how late will my tram be? Always guessing *two minutes* is surprisingly hard to "
              "beat.", parts=("split", "baseline"), state="doing"),
    DiaryPage(51, "kaggle-nn", 0, "other", state="skipped"),
    DiaryPage(52, EXAM, 60, "course", "Temperature changes how daring the model is, not how clever."),
    DiaryPage(53, SKLEARN, 110, "project",
              "Tram, part two. The scaler had seen the test rows; in one pipeline that cannot "
              "happen.", parts=("classify", "metrics")),
    DiaryPage(54, CODING, 60, "coding",
              "Three medium problems in 50 minutes, one of them only with a hint.", parts=("timed",), state="done"),
    DiaryPage(55, EXAM, 90, "course", parts=("generative",)),
    DiaryPage(57, SKLEARN, 80, "project",
              "Cross-validation says the tram model is 20 % better than guessing. Good enough to "
              "stop.", parts=("tune", "pipeline"), state="done"),
    DiaryPage(58, EXAM, 40, "reading",
              "Bias in the data, bias in the labels, bias in who uses it. Read this again before the exam."),
)  # fmt: skip
"""Everything written down, in order. Nothing falls into the break."""
