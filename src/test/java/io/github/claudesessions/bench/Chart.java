package io.github.claudesessions.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Line charts with logarithmic axes, on which what grows linearly is a straight line that rises by one in one. */
final class Chart {
    private static final int LEFT = 70;
    private static final int TOP = 20;
    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;
    private static final List<String> COLOURS = List.of("#888888", "#1f6feb", "#d9822b");

    private final StringBuilder svg = new StringBuilder();
    private final int[] xs;
    private final int[] ys;

    private Chart(int[] xs, int[] ys) {
        this.xs = xs;
        this.ys = ys;
    }

    /** The chart as SVG. The keys of a line are its x, the values its y; all are above 0. */
    static String logarithmic(String xLabel, String yLabel, Map<String, Map<Double, Double>> lines) {
        Chart chart = new Chart(
                decades(lines.values().stream()
                        .flatMap(line -> line.keySet().stream())
                        .toList()),
                decades(lines.values().stream()
                        .flatMap(line -> line.values().stream())
                        .toList()));
        chart.axes(xLabel, yLabel);
        int number = 0;
        for (Map.Entry<String, Map<Double, Double>> line : new TreeMap<>(lines).entrySet()) {
            chart.line(number++, line.getKey(), line.getValue());
        }
        return chart.svg.append("</svg>\n").toString();
    }

    /** The powers of ten around {@code values}. */
    private static int[] decades(List<Double> values) {
        double least = values.stream().mapToDouble(Math::log10).min().orElseThrow();
        double most = values.stream().mapToDouble(Math::log10).max().orElseThrow();
        return new int[] {(int) Math.floor(least), (int) Math.max(Math.ceil(most), Math.floor(least) + 1)};
    }

    private void axes(String xLabel, String yLabel) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\" fill=\"#555555\">%n",
                LEFT + WIDTH + 30, TOP + HEIGHT + 60);
        for (int decade = xs[0]; decade <= xs[1]; decade++) {
            double x = x(Math.pow(10, decade));
            grid(x, TOP, x, TOP + HEIGHT);
            text(x, TOP + HEIGHT + 18, "middle", "10^" + decade);
        }
        for (int decade = ys[0]; decade <= ys[1]; decade++) {
            double y = y(Math.pow(10, decade));
            grid(LEFT, y, LEFT + WIDTH, y);
            text(LEFT - 8, y + 4, "end", "10^" + decade);
        }
        text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 42, "middle", xLabel);
        text(LEFT, TOP - 6, "start", yLabel);
    }

    private void line(int number, String name, Map<Double, Double> values) {
        String colour = COLOURS.get(number % COLOURS.size());
        String points = new TreeMap<>(values)
                .entrySet().stream()
                        .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.getKey()), y(point.getValue())))
                        .collect(Collectors.joining(" "));
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", points, colour);
        add("<text x=\"%d\" y=\"%d\" style=\"fill:%s\">%s</text>%n", LEFT + 12, TOP + 20 + 16 * number, colour, name);
    }

    private void grid(double x1, double y1, double x2, double y2) {
        add("<path d=\"M%.1f,%.1f L%.1f,%.1f\" stroke=\"#bbbbbb\" stroke-width=\"0.5\"/>%n", x1, y1, x2, y2);
    }

    private void text(double x, double y, String anchor, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }

    @FormatMethod
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private double x(double value) {
        return LEFT + WIDTH * (Math.log10(value) - xs[0]) / (xs[1] - xs[0]);
    }

    private double y(double value) {
        return TOP + HEIGHT - HEIGHT * (Math.log10(value) - ys[0]) / (ys[1] - ys[0]);
    }
}
