package io.dynlock.simulation.schedule;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A deliberate fault: one place of one source file, written differently. Compiled in
 * memory, and run in a class loader in which everything else is as it is.
 *
 * @param what what is wrong
 * @param file the source file
 * @param right how it is written
 * @param wrong how it is written wrongly
 */
record Mutant(String what, Path file, String right, String wrong) {

	private static final List<String> PACKAGES = List.of("io.dynlock.internal.protocol.", "io.dynlock.simulation.");

	/** A fault of the protocol. */
	static Mutant of(String what, String type, String right, String wrong) {
		return new Mutant(what, Path.of("src/main/java/io/dynlock/internal/protocol", type + ".java"), right, wrong);
	}

	/** A fault in the condition of a request, as the model of the table has it. */
	static Mutant ofTable(String what, String right, String wrong) {
		return new Mutant(what, Path.of("src/test/java/io/dynlock/simulation/ModelTable.java"), right, wrong);
	}

	/**
	 * Runs schedules until one shows the fault.
	 * @param maxSchedules how many, at most
	 * @return how many it took, and what it broke; empty when none shows it
	 */
	Optional<Death> die(int maxSchedules) {
		try {
			Method run = new Loader(compile()).loadClass("io.dynlock.simulation.schedule.Schedules")
				.getMethod("run", long.class, boolean.class);
			for (int seed = 0; seed < maxSchedules; seed++) {
				try {
					run.invoke(null, seed, false);
				}
				catch (InvocationTargetException ex) {
					return Optional.of(new Death(seed + 1, ex.getCause().getMessage()));
				}
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
		return Optional.empty();
	}

	private Map<String, byte[]> compile() {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		Map<String, ByteArrayOutputStream> classes = new HashMap<>();
		try (JavaFileManager files = new ForwardingJavaFileManager<>(
				compiler.getStandardFileManager(null, null, null)) {

			@Override
			public JavaFileObject getJavaFileForOutput(Location location, String type, JavaFileObject.Kind kind,
					FileObject sibling) {
				return new SimpleJavaFileObject(URI.create("memory:///" + type), kind) {

					@Override
					public OutputStream openOutputStream() {
						return classes.computeIfAbsent(type, (absent) -> new ByteArrayOutputStream());
					}

				};
			}

		}) {
			List<String> options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
			if (!compiler.getTask(null, files, null, options, null, List.of(source())).call()) {
				throw new IllegalStateException("Does not compile: " + this.what);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Map<String, byte[]> compiled = new HashMap<>();
		classes.forEach((type, bytes) -> compiled.put(type, bytes.toByteArray()));
		return compiled;
	}

	private JavaFileObject source() throws IOException {
		String source = Files.readString(this.file);
		int place = source.indexOf(this.right);
		if (place < 0 || source.indexOf(this.right, place + 1) >= 0) {
			throw new IllegalStateException(this.file + " does not have exactly one place with: " + this.right);
		}
		String mutated = source.replace(this.right, this.wrong);
		return new SimpleJavaFileObject(this.file.toUri(), JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return mutated;
			}

		};
	}

	@Override
	public String toString() {
		return this.what;
	}

	/**
	 * How a mutant was found.
	 *
	 * @param schedules after how many schedules
	 * @param violation what it broke
	 */
	record Death(int schedules, String violation) {

	}

	/** Loads the protocol and the simulation anew, with some classes replaced. */
	private static final class Loader extends ClassLoader {

		private final Map<String, byte[]> replaced;

		Loader(Map<String, byte[]> replaced) {
			super(Mutant.class.getClassLoader());
			this.replaced = replaced;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				if (findLoadedClass(name) == null && PACKAGES.stream().anyMatch(name::startsWith)) {
					byte[] bytes = this.replaced.containsKey(name) ? this.replaced.get(name) : original(name);
					return defineClass(name, bytes, 0, bytes.length);
				}
				return super.loadClass(name, resolve);
			}
		}

		private byte[] original(String name) throws ClassNotFoundException {
			try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (bytes == null) {
					throw new ClassNotFoundException(name);
				}
				return bytes.readAllBytes();
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
