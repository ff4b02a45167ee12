package aiv1.cli.command;

import aiv1.cluster.WorkerLoad;
import aiv1.cluster.WorkerStanding;
import aiv1.dashboard.WorkerWatch;
import java.util.List;

/// A campaign's workers as the page shows them.
final class WatchedWorkers {
    private WatchedWorkers() {}

    static List<WorkerWatch.Row> rows(List<WorkerStanding> standing) {
        return standing.stream()
                .map(
                        one ->
                                new WorkerWatch.Row(
                                        one.place().toString(),
                                        one.name(),
                                        one.state(),
                                        one.build(),
                                        one.processId(),
                                        one.slotCount(),
                                        one.running().stream().map(Object::toString).toList(),
                                        one.sinceHeard(),
                                        one.load().map(WatchedWorkers::load),
                                        one.trouble()))
                .toList();
    }

    private static WorkerWatch.Load load(WorkerLoad load) {
        return new WorkerWatch.Load(
                load.cpuShare(),
                load.memoryBytes(),
                load.memoryFreeBytes(),
                load.diskFreeBytes(),
                load.networkReceivedBytes(),
                load.networkSentBytes());
    }
}
