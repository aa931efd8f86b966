namespace OnnxPrune.Cli.Tests.CustomOperators;

/// <summary>A test that needs a C compiler; it is skipped without one.</summary>
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = VendorLibrary.Missing;
}
