package dev.lockdown.table;

import java.util.Comparator;

/// Sorts names as people count: `web-2` before `web-10`.
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
                int endOfOne = endOfNumber(one, i);
                int endOfOther = endOfNumber(other, j);
                int byNumber = numbers(one.substring(i, endOfOne), other.substring(j, endOfOther));
                if (byNumber != 0) return byNumber;
                i = endOfOne;
                j = endOfOther;
            } else {
                int byLetter = Character.compare(one.charAt(i++), other.charAt(j++));
                if (byLetter != 0) return byLetter;
            }
        }
        int byRest = Integer.compare(one.length() - i, other.length() - j);
        return byRest != 0 ? byRest : one.compareTo(other);
    }

    /// Of any length, so that no number overflows.
    private static int numbers(String one, String other) {
        var a = one.replaceFirst("^0+", "");
        var b = other.replaceFirst("^0+", "");
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) end++;
        return end;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
