from hypothesis import given
from hypothesis import strategies as st

from streams.acks import OrderedAcks


@given(st.permutations(range(12)), st.integers(1, 3))
def test_acks_are_released_in_order_whatever_finishes_first(order: list[int], lanes: int) -> None:
    acked: list[int] = []
    acks = OrderedAcks()
    slots = [acks.open(number % lanes, lambda n=number: acked.append(n)) for number in range(12)]
    done: set[int] = set()
    for number in order:
        acks.close(slots[number])
        done.add(number)
        for lane in range(lanes):
            mine = [n for n in range(12) if n % lanes == lane]
            ready = next((i for i, n in enumerate(mine) if n not in done), len(mine))
            assert [n for n in acked if n % lanes == lane] == mine[:ready]
    assert acks.held() == 0
