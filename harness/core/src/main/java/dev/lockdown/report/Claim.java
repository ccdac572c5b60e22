package dev.lockdown.report;

import dev.lockdown.journal.Entry.Cell;
import dev.lockdown.journal.Entry.Judged;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says what a verdict that differs comes to, in one clause: `shop/web reaches shop/api on TCP/8080`.
final class Claim {
    private static final Pattern REACH = Pattern.compile("(?<from>\\S.*?) to (?<to>\\S.*?) (?<on>on .+)");
    private static final Pattern RESOLVE = Pattern.compile("(?<from>\\S.*?) resolves (?<name>.+)");
    private static final Pattern REASON = Pattern.compile("(?<verb>denied|allowed) by (?<policies>.+?)( \\(.*)?");

    private Claim() {}

    static String of(Judged judged, Cell cell) {
        if (Fault.Differs.isInconclusive(cell)) return "%s proves nothing".formatted(flow(judged, cell));
        boolean open = cell.observed().startsWith("open");
        if (!open && !cell.observed().startsWith("blocked"))
            return "%s is %s, not %s".formatted(flow(judged, cell), cell.observed(), cell.wanted());
        var reach = REACH.matcher(flow(judged, cell));
        if (reach.matches())
            return "%s %s %s %s".formatted(reach.group("from"), open ? "reaches" : "does not reach", reach.group("to"), reach.group("on"));
        var resolve = RESOLVE.matcher(cell.row());
        if (resolve.matches())
            return "%s %s %s".formatted(resolve.group("from"), open ? "resolves" : "does not resolve", resolve.group("name"));
        return "\"%s\" is %s, not %s".formatted(cell.row(), cell.observed(), cell.wanted());
    }

    /// The flow in words: `shop/web to shop/api on TCP/8080`.
    static String flow(Judged judged, Cell cell) {
        if (cell.column() == null) return cell.row();
        return "%s to %s %s".formatted(cell.row(), cell.column(), judged.title()).strip();
    }

    /// The claim, and why it should not be so: `… although shop/deny-all denies it`.
    static String withReason(Judged judged, Cell cell) {
        var claim = of(judged, cell);
        if (Fault.Differs.isInconclusive(cell)) return claim + ": " + cell.how();
        if (Fault.Differs.isAgainstPolicies(cell)) return "%s although the step wants it %s".formatted(claim, cell.wanted());
        var reason = REASON.matcher(cell.because().isEmpty() ? "" : cell.because().getFirst());
        return claim + (reason.matches() ? " although " + clause(reason) : " although it should be " + cell.wanted());
    }

    private static String clause(Matcher reason) {
        var policies = reason.group("policies");
        boolean denied = reason.group("verb").equals("denied");
        if (policies.contains(" ")) return "it is %s by %s".formatted(reason.group("verb"), policies);
        return "%s %s it".formatted(policies, denied ? "denies" : "allows");
    }
}
