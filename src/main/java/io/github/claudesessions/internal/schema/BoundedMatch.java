package io.github.claudesessions.internal.schema;

import java.util.regex.Pattern;

/** A search for a pattern that gives up on a text with which the pattern would need for ever. */
final class BoundedMatch {
    private static final long MAX_READS = 10_000_000;

    private BoundedMatch() {}

    /** Whether {@code pattern} is found; false also when that could not be found out in reasonable time. */
    static boolean find(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(new Counted(text)).find();
        } catch (TooLong | StackOverflowError e) {
            return false;
        }
    }

    @SuppressWarnings("serial")
    private static final class TooLong extends RuntimeException {
        TooLong() {
            super(null, null, false, false);
        }
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private long reads;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MAX_READS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
