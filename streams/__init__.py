"""The stream processor. Imports nothing, so that `streams.extraction` comes without Kafka."""
