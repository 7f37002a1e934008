"""Writes saferepr.json: values and how Celery shows them. Run with the celery package on the path."""

import json

from celery.utils.saferepr import saferepr

X = "x" * 1100
VALUES = [
    [2, 3], [2], [], [None, True, False], ["it's", 1.5, 'say "hi"'], [{"a": [1, {"b": 2}], "n": None}],
    [[[[1]]]], [[[]]], [{}], {"k": "v", "n": [1, 2]}, {"a": {"b": {"c": {"d": 1}}}},
    [12345678.9, 1e16, 1e15, 1e-5, 0.0001, 100.0, -0.0, 1e22, 1.5e300, 5e-324, 123456789012345680.0, 0.1, -2.5e-7],
    [10**30, -5], ["line\nbreak\ttab\\back"], ["é🐍"],
    [X, 1], ["x" * 1024], ["x" * 1023], ["x" * 1022], ["x" * 1021], ["x" * 1020], ["word " * 300, 1],
    [[[X, 1], 2], 3], [{"k": X, "l": 1}, 2], [{X: 1, "b": 2}], {"k": X, "l": 2},
    [list(range(400)), 1], list(range(400)), ["ab"] * 300, [["y" * 500] * 3] * 2,
]

rows = []
for value in VALUES:
    shown = tuple(value) if isinstance(value, list) else value
    rows.append(json.dumps({"value": value, "repr": saferepr(shown, 1024)}, ensure_ascii=False))
print("[\n" + ",\n".join(rows) + "\n]")
