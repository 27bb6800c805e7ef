package io.dynlock.internal.protocol;

/**
 * Makes text of unknown origin safe to print: control characters, line separators and
 * characters that change the direction of text are shown as escapes, so that a key cannot
 * forge a line of a log.
 */
public final class Printable {

	private Printable() {
	}

	/**
	 * The text with everything escaped that a terminal or a log would not show as it is.
	 * @param text any text
	 */
	public static String of(String text) {
		if (text.codePoints().noneMatch(Printable::isUnsafe)) {
			return text;
		}
		StringBuilder printable = new StringBuilder(text.length() + 16);
		text.codePoints().forEach((codePoint) -> {
			if (isUnsafe(codePoint)) {
				printable.append(String.format("\\u%04x", codePoint));
			}
			else {
				printable.appendCodePoint(codePoint);
			}
		});
		return printable.toString();
	}

	private static boolean isUnsafe(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		};
	}

}
