using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>
/// The command in the process of the tests, in the repository's folder and with plain output. What a run writes to the standard streams
/// goes to texts of its own, so that tests may run beside each other.
/// </summary>
internal static class InProcess
{
    private static readonly AsyncLocal<TextWriter?> Output = new(), Error = new();
    private static readonly Lazy<bool> Ready = new(Prepare);

    /// <summary>Runs the command.</summary>
    public static ToolResult Run(string[] args)
    {
        Assert.True(Ready.Value);
        using StringWriter output = new(), error = new();
        (Output.Value, Error.Value) = (output, error);
        try
        {
            int exitCode = CommandLine.Run(Understood.Root, args, CancellationToken.None);
            return new ToolResult(exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            (Output.Value, Error.Value) = (null, null);
        }
    }

    private static bool Prepare()
    {
        Environment.CurrentDirectory = RepositoryRoot.Path;
        Environment.SetEnvironmentVariable("TERM", "dumb");
        Console.SetOut(new PerRunWriter(Output, Console.Out));
        Console.SetError(new PerRunWriter(Error, Console.Error));
        return true;
    }

    private sealed class PerRunWriter(AsyncLocal<TextWriter?> current, TextWriter otherwise) : TextWriter
    {
        public override System.Text.Encoding Encoding => otherwise.Encoding;

        private TextWriter Target => current.Value ?? otherwise;

        public override void Write(char value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Write(ReadOnlySpan<char> buffer) => Target.Write(buffer);

        public override void Write(string? value) => Target.Write(value);

        public override void Flush() => Target.Flush();
    }
}
