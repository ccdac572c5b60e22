package dev.lockdown.state;

import java.util.Locale;

/// Numbers of things as people say them, the same everywhere that they are told.
public final class Counted {
    private Counted() {}

    /// `1 scenario`, `7 scenarios`, `1,204 probes`, `2 policies`.
    ///
    /// @param noun in the singular
    public static String of(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        boolean consonant = noun.length() > 1 && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0;
        return noun.endsWith("y") && consonant ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }
}
