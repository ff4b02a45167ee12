package aiv1.dashboard.report;

/// HTML that is being written. Text goes in by [#text] alone, which escapes it: what a candidate
/// wrote is never markup.
final class Markup {
    private final StringBuilder html = new StringBuilder();

    /// Markup that the program itself wrote.
    Markup raw(String markup) {
        html.append(markup);
        return this;
    }

    Markup text(String text) {
        html.append(escaped(text));
        return this;
    }

    /// An element that holds text and nothing else.
    Markup element(String name, String text) {
        return raw("<" + name + ">").text(text).raw("</" + name.split(" ", 2)[0] + ">\n");
    }

    /// A row of a table; cells that are numbers stand to the right.
    Markup row(String cell, String... texts) {
        raw("<tr>");
        for (String text : texts) {
            boolean isNumber =
                    text.matches("[+\u22120-9][0-9.,\u2212]*") || text.startsWith("\u2014");
            raw(isNumber ? "<" + cell + " class=\"n\">" : "<" + cell + ">");
            text(text).raw("</" + cell + ">");
        }
        return raw("</tr>\n");
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            switch (one) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.append(one);
                default -> safe.append(Character.isISOControl(one) ? '\uFFFD' : one);
            }
        }
        return safe.toString();
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
