"""Calls tasks of a Java worker as a Celery user does and prints what it sees as one JSON line a call."""
import json
import os
import time

from celery import Celery

app = Celery("caller", broker=os.environ["PEER_BROKER_URI"], backend="rpc://")
app.conf.update(task_default_queue=os.environ["PEER_QUEUE"])


@app.task(name="t.add")
def add(x, y):
    raise AssertionError("this runs in Java")


@app.task(name="t.fail")
def fail(message):
    raise AssertionError("this runs in Java")


def show(name, value):
    print(json.dumps({"call": name, "saw": value}), flush=True)


show("add", add.delay(4, 6).get(timeout=20))
show("default", app.send_task("t.add", [4]).get(timeout=20))
show("kwargs", add.apply_async(kwargs={"y": 1, "x": 2}).get(timeout=20))
show("echo", app.send_task("t.echo", [{"text": "Grüße, 世界", "big": 2**80, "list": [1, 2.5, None, True]}]).get(timeout=20))

failed = fail.delay("no such order")
try:
    failed.get(timeout=20)
except Exception as e:
    show("fail", [type(e).__name__, str(e), failed.state, "TestTasks" in failed.traceback])

unknown = app.send_task("t.nowhere")
try:
    unknown.get(timeout=20)
except Exception as e:
    show("unknown", [type(e).__name__, str(e), unknown.state])

wrong = app.send_task("t.add", ["four", {}])
try:
    wrong.get(timeout=20)
except Exception as e:
    show("wrong", [type(e).__name__, wrong.state])

late = add.apply_async((1, 1), countdown=1)
show("countdown", late.get(timeout=20))

show("zero", add.apply_async((1, 2), time_limit=0, soft_time_limit=0).get(timeout=20))
linked = add.s(1, 1) | add.s(1).set(time_limit=0)
show("zero in a chain", linked.apply_async().get(timeout=20))

# an app of its own that only looks: it ends with BacklogLimitExceeded where a task has more than a thousand states
looking = Celery("looking", broker=os.environ["PEER_BROKER_URI"], backend="rpc://")
emits = looking.send_task("t.emit", [1500], queue=os.environ["PEER_QUEUE"])
end = time.monotonic() + 60
while emits.state not in ("SUCCESS", "FAILURE") and time.monotonic() < end:
    time.sleep(0.05)
show("emit", [emits.state, emits.result])

# whoever sets the header has states of which none is the end
asked = app.send_task("t.emit", [20], headers={"x-jtask-pieces": True})
show("asked", asked.get(timeout=20))

many = [add.delay(i, 1) for i in range(200)]
show("many", sum(r.get(timeout=20) for r in many))
