import json
import logging

from streams.logs import ConsoleFormatter, JsonFormatter, SaidOnce


def record(name: str, message: str, **fields: object) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": name, "msg": message, "levelname": "INFO"})
    vars(made).update(fields)
    return made


def test_logs_are_one_json_object_a_line_with_the_fields() -> None:
    line = json.loads(
        JsonFormatter().format(record("streams.x", "article.extracted", events=2, source="El País"))
    )
    assert (line["event"], line["events"], line["source"], line["level"]) == (
        "article.extracted",
        2,
        "El País",
        "info",
    )


def test_logs_for_people_name_event_and_fields() -> None:
    assert (
        ConsoleFormatter()
        .format(record("streams.x", "article.extracted", events=2))
        .endswith("article.extracted events=2")
    )


def test_logs_repeat_a_message_of_a_library_only_after_a_while() -> None:
    now = [100.0]
    said_once = SaidOnce(lambda: now[0])
    assert said_once.filter(record("aiokafka", "away"))
    assert not said_once.filter(record("aiokafka", "away"))
    assert said_once.filter(record("aiokafka", "something else"))
    assert all(said_once.filter(record("streams.x", "article.extracted")) for _ in range(3))
    now[0] += 31
    assert said_once.filter(record("aiokafka", "away"))
