from renda_nlp.executors.processes import ForkExecutor
from renda_nlp.hotspots.parts import in_parts


def test_parts_cover_all_rows_in_order_however_many_processes_work():
    def work(part):
        return [*range(part.start, part.stop)]

    alone = [*in_parts(None, work, 95, 10)]
    assert [row for rows in alone for row in rows] == [*range(95)]
    assert [*in_parts(ForkExecutor(2), work, 95, 10)] == alone
