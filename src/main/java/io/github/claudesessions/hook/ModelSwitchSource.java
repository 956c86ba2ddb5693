package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Who switches the model. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record ModelSwitchSource(String value) {
    /** {@code command} */
    public static final ModelSwitchSource COMMAND = new ModelSwitchSource("command");

    /** {@code picker} */
    public static final ModelSwitchSource PICKER = new ModelSwitchSource("picker");

    /** {@code sdk} */
    public static final ModelSwitchSource SDK = new ModelSwitchSource("sdk");

    /** {@code auto} */
    public static final ModelSwitchSource AUTO = new ModelSwitchSource("auto");

    /** {@code resume} */
    public static final ModelSwitchSource RESUME = new ModelSwitchSource("resume");

    /** Checks that there is a value. */
    public ModelSwitchSource {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
