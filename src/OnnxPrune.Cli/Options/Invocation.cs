using System.CommandLine;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Options;

/// <summary>One run of a command: its options, its output and its cancellation.</summary>
internal sealed class Invocation
{
    private readonly ParseResult parsed;

    private Invocation(ParseResult parsed, CancellationToken cancellation)
    {
        this.parsed = parsed;
        Cancellation = cancellation;
        Terminal = Terminal.Standard(GlobalOptions.VerbosityOf(parsed), parsed.GetValue(GlobalOptions.Color));
    }

    /// <summary>The command's name.</summary>
    public string Command => parsed.CommandResult.Command.Name;

    /// <summary>Cancelled when the user interrupts.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The output.</summary>
    public Terminal Terminal { get; }

    /// <summary>The options that select what to prune.</summary>
    public Runtime.PruningOptions Selection => SelectionOptions.Read(parsed);

    /// <summary>An action that runs <paramref name="work"/> and turns its failures into one line and an exit code.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Of(Action<Invocation> work) =>
        (parsed, cancellation) => Task.FromResult(new Invocation(parsed, cancellation).Run(work));

    /// <summary>The value of an option, or its default.</summary>
    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The value of an argument; null for an optional argument that is not given.</summary>
    public T Value<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Runs one step of the work, with a progress line on a terminal.</summary>
    public T Step<T>(string name, Func<T> work) => Step(name, _ => work());

    /// <summary>Runs one long step that reports its progress; a terminal shows the progress and the remaining time.</summary>
    public T Step<T>(string name, Func<Action<int, int>, T> work)
    {
        Cancellation.ThrowIfCancellationRequested();
        var result = Terminal.During(name, work);
        Cancellation.ThrowIfCancellationRequested();
        return result;
    }

    private int Run(Action<Invocation> work)
    {
        try
        {
            work(this);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("onnxprune : interrupted; nothing was written");
            return ExitCode.Interrupted;
        }
        catch (OnnxPruneException e)
        {
            return Fail(ConcernsTheModel(e) ? e.Concerning(Value(CommonOptions.Model)) : e, e);
        }
        catch (Exception e)
        {
            string message = $"unexpected {e.GetType().Name}: {e.Message}; please report this with the model and what --verbose prints";
            return Fail(new OnnxPruneException(ErrorCodes.InternalError, message, Value(CommonOptions.Model)), e);
        }
    }

    private static bool ConcernsTheModel(OnnxPruneException e) => e.Code is not (ErrorCodes.InvalidOption or ErrorCodes.ProviderUnavailable);

    private int Fail(OnnxPruneException failure, Exception cause)
    {
        Messages.Write(new Diagnostic(Severity.Error, failure.Code, failure.Message, failure.File), Value(GlobalOptions.Color));
        if (GlobalOptions.VerbosityOf(parsed) == Verbosity.Diagnostic) Console.Error.WriteLine(Trace(cause));
        return failure.Code is ErrorCodes.InvalidOption or ErrorCodes.NoSuchName ? ExitCode.WrongUsage : ExitCode.Failed;
    }

    private static string Trace(Exception? cause)
    {
        var chain = new List<string>();
        for (; cause is not null; cause = cause.InnerException) chain.Add($"{cause.GetType()}: {cause.Message}\n{cause.StackTrace}");
        return string.Join('\n', chain);
    }
}
