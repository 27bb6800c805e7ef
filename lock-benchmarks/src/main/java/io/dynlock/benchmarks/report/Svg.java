package io.dynlock.benchmarks.report;

import java.util.Locale;

/**
 * Writes an SVG document with a title on white ground.
 */
final class Svg {

	private final StringBuilder text = new StringBuilder();

	Svg(String title, int width, int height) {
		element("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
				+ " font-family=\"sans-serif\" font-size=\"13\" role=\"img\">", width, height, width, height);
		element("<title>%s</title>", escape(title));
		element("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
		element("<text x=\"10\" y=\"24\" text-anchor=\"start\" fill=\"#24292f\" font-size=\"15\" font-weight=\"bold\">%s</text>",
				escape(title));
	}

	/** Writes text; the anchor says which end of it is at x. */
	void text(int x, int y, String anchor, String text) {
		element("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#24292f\">%s</text>", x, y, anchor, escape(text));
	}

	/** Writes a straight line. */
	void line(double fromX, double fromY, double toX, double toY, String style) {
		element("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", fromX, fromY, toX, toY, style);
	}

	/** Writes an element; its arguments are not escaped. */
	void element(String format, Object... arguments) {
		this.text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

	/** Ends the document. */
	String end() {
		return this.text.append("</svg>\n").toString();
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
