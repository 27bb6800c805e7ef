package io.dynlock;

/**
 * The table exists, or was created, but did not become ACTIVE in time.
 */
@SuppressWarnings("serial")
public final class TableNotActiveException extends LockTableException {

	private final String table;

	private final String lastStatus;

	TableNotActiveException(String message, String client, String table, String lastStatus) {
		super(message, client, false);
		this.table = table;
		this.lastStatus = lastStatus;
	}

	/** The table. */
	public String table() {
		return this.table;
	}

	/** Its status when it was last looked at, such as {@code CREATING}. */
	public String lastStatus() {
		return this.lastStatus;
	}

}
