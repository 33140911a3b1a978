"""Follow Teletipo's events with kafka-python: `python consumer.py BROKERS [PREFIX]`."""

import json
import os
import re
import sys

from kafka import KafkaConsumer


def main(brokers: str, prefix: str = "") -> None:
    """Print what stands, from the oldest event on."""
    consumer = KafkaConsumer(
        bootstrap_servers=brokers.split(","),
        group_id=None,  # nothing is committed: each start reads what stands now
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    consumer.subscribe(pattern=f"^{re.escape(prefix)}events\\..*")
    standing: dict[str, dict] = {}
    left = int(os.environ.get("LIMIT", "-1"))
    for record in consumer:
        event_id = record.key.decode()
        if record.value is None:  # a tombstone: the article was corrected, the event no longer stands
            standing.pop(event_id, None)
            print(f"- {event_id}", flush=True)
        else:
            event = json.loads(record.value)
            standing[event_id] = event  # the same id again: delivered twice, or told better
            who = ", ".join(participant["name"] for participant in event["participants"])
            print(f"+ {event_id} {event['type']} {event['date']['value']} {who}", flush=True)
        left -= 1
        if left == 0:
            break
    consumer.close()
    print(f"{len(standing)} events stand", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
