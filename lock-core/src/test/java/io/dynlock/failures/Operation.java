package io.dynlock.failures;

/**
 * What was asked for: a section of the document.
 */
enum Operation {

	ACQUIRE("Acquire"),

	POLL("Look again while waiting"),

	RENEW("Renew"),

	RELEASE("Release"),

	STATUS("Status"),

	LIST("List"),

	CREATE("Create the table");

	private final String title;

	Operation(String title) {
		this.title = title;
	}

	/** How the document calls it. */
	String title() {
		return this.title;
	}

}
