"""kafka-python, a plain loop: poll a batch, send, flush, commit.

After "Manual commit" of `KafkaConsumer` and `KafkaProducer.flush` in its documentation. The producer is
idempotent and waits for all replicas, which is its default.
"""

from kafka import KafkaConsumer, KafkaProducer

from benchmarks.contestants import Stop, read_options
from benchmarks.payload import load_function

BATCH_RECORDS = 50


def main() -> None:
    """Run until SIGTERM."""
    options = read_options()
    function = load_function(options.function, options.prefix)
    stop = Stop()
    consumer = KafkaConsumer(
        options.raw,
        bootstrap_servers=options.servers,
        group_id=options.group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_poll_records=BATCH_RECORDS,
    )
    producer = KafkaProducer(
        bootstrap_servers=options.servers,
        acks="all",
        enable_idempotence=True,
        compression_type=options.compression,
        linger_ms=5,
    )
    try:
        while not stop:
            sent = []
            for records in consumer.poll(timeout_ms=200).values():
                for record in records:
                    for topic, out in function(record.value):
                        sent.append(producer.send(topic, value=out.value, key=out.key, headers=out.headers))
            if sent:
                producer.flush()
                for future in sent:
                    future.get(timeout=60)  # raises what went wrong
                consumer.commit()
    finally:
        producer.close()
        consumer.close(autocommit=False)


if __name__ == "__main__":
    main()
