package dev.lockdown.spec;

import dev.lockdown.disruption.Conflict;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Schedule.Order;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.state.InputException;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Several disruptions: in which order, and how often.
public final class ScheduleSteps {
    private static final GlueSteps DISRUPTIONS = GlueSteps.load(List.of(DisruptionSteps.class));
    private static final int MOST_TIMES = 10_000;
    private static final String TABLE = """

          | enforcement pauses for 100 ms                       |
          | policy "deny-all" of "shop" comes and goes for 50 ms |""";

    private final ScenarioContext context;

    public ScheduleSteps(ScenarioContext context) {
        this.context = context;
    }

    @Example(value = "these happen at once" + TABLE, does = """
        Disrupts the cluster in several ways: `at once`, `in turn` (each when the one before is healed), or `at random` (in turn, in an \
        order and with pauses that the run's seed gives). Each row is a step of this part.""")
    @When("these happen {order}")
    public void happen(Order order, DataTable table) {
        context.disrupt(new Schedule(disruptions(table, order), order, 1, Duration.ZERO));
    }

    @Example(value = "these happen in turn, 2 times" + TABLE, does = "The same several times.")
    @When("these happen {order}, {int} times")
    public void happenTimes(Order order, int times, DataTable table) {
        if (times < 1 || times > MOST_TIMES)
            throw InputException.about(Integer.toString(times), "from 1 to %s times can be had".formatted(MOST_TIMES));
        context.disrupt(new Schedule(disruptions(table, order), order, times, Duration.ZERO));
    }

    @Example(value = "these happen at random for 300 ms" + TABLE, does = """
        The same again and again: no round begins after that time, or \
        after that of `./lockdown run --for`, in a scenario that is tagged `@soak`.""")
    @When("these happen {order} for {duration}")
    public void happenFor(Order order, Duration lasting, DataTable table) {
        context.disrupt(new Schedule(disruptions(table, order), order, 0, context.lasting(lasting)));
    }

    private List<Disruption> disruptions(DataTable table, Order order) {
        var disruptions = new ArrayList<Disruption>();
        var steps = DisruptionSteps.collecting(context, disruptions::add);
        DISRUPTIONS.callRows(table, steps, "disruption");
        if (order == Order.AT_ONCE) Conflict.among(disruptions).ifPresent(conflict -> {
            throw new InputException("%s; they can happen in turn".formatted(conflict));
        });
        return disruptions;
    }
}
