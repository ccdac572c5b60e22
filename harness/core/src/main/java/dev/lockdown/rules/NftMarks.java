package dev.lockdown.rules;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what nft writes of packets' marks (nft(8), meta expressions).
final class NftMarks {
    private static final String BITS = "(0x[0-9a-f]+|[0-9]+)";
    private static final Pattern SET =
        Pattern.compile("set (?:meta )?mark(?: (?:and|&) %s)?(?: (?:or|xor|\\||\\^) %s)?".formatted(BITS, BITS));
    private static final Pattern ASKED = Pattern.compile("(?:and|&) %s (?:(==|!=) )?%s".formatted(BITS, BITS));

    private NftMarks() {}

    /// Parse `set meta mark & 0xfff3ffff | 0x00040000`.
    ///
    /// @return null where it is nothing of that kind
    static Rule.@Nullable Mark set(String text) {
        var set = SET.matcher(text);
        if (!set.matches()) return null;
        int kept = set.group(1) == null ? -1 : bits(set.group(1));
        int added = set.group(2) == null ? 0 : bits(set.group(2));
        return new Rule.Mark(added, ~kept | added);
    }

    /// Parse `& 0x00010000 == 0x00010000`.
    static Match asked(String text) {
        var asked = ASKED.matcher(text);
        return asked.matches() ? new Match.Marked(bits(asked.group(3)), bits(asked.group(1)), "!=".equals(asked.group(2)))
            : new Match.Other("meta mark " + text);
    }

    private static int bits(String text) {
        return (int) (long) Long.decode(text);
    }
}
