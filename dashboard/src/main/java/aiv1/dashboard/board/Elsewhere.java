package aiv1.dashboard.board;

import aiv1.dashboard.LiveWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What campaigns in other programs said last, as far as it is not too old to be true. Guarded by
/// the [Board].
///
/// A campaign speaks twice a second while it lives. What is older than [#AGE_MAX] was said by a
/// program that has ended or is stuck, and nothing it said is taken for running.
final class Elsewhere {
    static final Duration AGE_MAX = Duration.ofSeconds(6);

    private Map<String, LiveWatch.Row> rows = Map.of();
    private Map<String, Long> processes = Map.of();

    void hear(List<LiveWatch.Said> said, Instant now) {
        Map<String, LiveWatch.Row> heard = new HashMap<>();
        Map<String, Long> alive = new HashMap<>();
        for (LiveWatch.Said one : said) {
            Duration age = Duration.between(one.at(), now).abs();
            if (age.compareTo(AGE_MAX) <= 0) {
                alive.put(one.campaign().value(), one.processId());
                one.experiments().forEach(row -> heard.put(row.experiment().value(), row));
            }
        }
        rows = Map.copyOf(heard);
        processes = Map.copyOf(alive);
    }

    Optional<LiveWatch.Row> row(String experiment) {
        return Optional.ofNullable(rows.get(experiment));
    }

    /// The process that carries out a campaign.
    Optional<Long> process(String campaign) {
        return Optional.ofNullable(processes.get(campaign));
    }
}
