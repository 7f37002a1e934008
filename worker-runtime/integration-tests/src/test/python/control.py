"""Controls a Java worker as a Celery user does and prints what it sees as one JSON line a step."""
import json
import os
import threading
import time

from celery import Celery
from celery.utils.collections import LimitedSet

app = Celery("control", broker=os.environ["PEER_BROKER_URI"], backend="rpc://")
app.conf.update(task_default_queue=os.environ["PEER_QUEUE"])
node = "test@" + os.environ["PEER_QUEUE"]


def show(name, value):
    print(json.dumps({"call": name, "saw": value}), flush=True)


def command(name, **arguments):
    replies = app.control.broadcast(name, arguments=arguments, destination=[node], reply=True, timeout=10, limit=1)
    return replies[0][node]


def outcome(result):
    try:
        return result.get(timeout=20)
    except Exception as e:
        return [type(e).__name__, *e.args]


def stamped(task, args, **stamps):
    return app.send_task(task, args, headers={"stamped_headers": list(stamps), "stamps": stamps})


def until(condition):
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)


# revoked by stamp, before it starts and while it runs
show("flagged", command("revoke_by_stamped_headers", headers={"order": ["7", "8"]})["ok"])
show("flagged as text", command("revoke_by_stamped_headers", headers=["batch=x"])["ok"])
show("not terminated", command("revoke_by_stamped_headers", headers={"order": "0"}, terminate=True)["ok"])
show("stamp", outcome(stamped("t.add", [1, 2], order=["8"])))
show("stamp as text", outcome(stamped("t.add", [1, 2], batch="x")))
show("other stamp", outcome(stamped("t.add", [1, 2], order=["9"])))
running = stamped("t.sleep", [20], tenant=["a"])
until(lambda: command("active"))
show("terminated", command("revoke_by_stamped_headers", headers={"tenant": ["a"]}, terminate=True)["ok"])
show("running", outcome(running))

# what workers tell each other of revoked tasks
theirs = LimitedSet(maxlen=10, expires=600)
theirs.add("revoked-by-python")
command("hello", from_node="python@elsewhere", revoked=theirs._data)
show("taken over", "revoked-by-python" in command("revoked"))
command("revoke", task_id="revoked-by-java")
ours = LimitedSet(maxlen=10, expires=600)
ours.update(command("hello", from_node="python@elsewhere", revoked={})["revoked"])
ours.purge(now=time.monotonic())
show("passed on", "revoked-by-java" in ours)
ours.purge(now=time.monotonic() + 700)
show("forgotten in time", "revoked-by-java" not in ours)

# a queue behind an exchange of its own
queue = os.environ["PEER_QUEUE"] + "-orders"
exchange = queue + "-topics"
show("added", command("add_consumer", queue=queue, exchange=exchange, exchange_type="topic", routing_key="order.#")["ok"])
show("by topic", outcome(app.send_task("t.add", [4, 6], exchange=exchange, exchange_type="topic", routing_key="order.new")))
bound = [each for each in command("active_queues") if each["name"] == queue][0]
show("shown", [bound["exchange"]["name"] == exchange, bound["exchange"]["type"], bound["routing_key"]])

show("memory", [command("memsample")[-2:], "heap" in command("memdump"), "error" in command("objgraph")])
show("items", [each for each in command("registered", taskinfoitems=["max_retries", "acks_late"]) if "t.add" in each])


# what an event receiver makes of tasks
state = app.events.State()
types = []


def receive():
    with app.connection() as connection:
        def take(event):
            types.append((event.get("uuid"), event["type"]))
            state.event(event)
        try:
            app.events.Receiver(connection, handlers={"*": take}).capture(limit=None, timeout=30)
        except Exception:
            pass


threading.Thread(target=receive, daemon=True).start()
until(lambda: state.workers)
command("enable_events")
wrong = app.send_task("t.add", [])
outcome(wrong)
late = app.send_task("t.add", [1, 2], countdown=1.3)
outcome(late)
until(lambda: (late.id, "task-succeeded") in types and (wrong.id, "task-failed") in types)
show("wrong arguments", [state.tasks[wrong.id].state, "TypeError" in state.tasks[wrong.id].exception])
show("received once", [kind for id, kind in types if id == late.id])
show("limit", outcome(app.send_task("t.sleep", [9], time_limit=1.3)))
