using System.Globalization;
using System.Text.RegularExpressions;
using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Documents;

/// <summary>The figures in docs/recipes.md are those of the models in the zoo.</summary>
public partial class RecipesDocumentTests
{
    private static readonly string Document =
        Blanks().Replace(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "recipes.md")), " ");

    [Theory]
    [InlineData("resnet50", "in the zoo's ResNet-50, MACS of the MACs")]
    [InlineData("bert_small", "in the zoo's BERT, MACS of the MACs and PARAMETERS of the parameters")]
    [InlineData("seq2seq_small", "In the zoo's encoder-decoder of this kind, MACS of the MACs")]
    public void The_prunable_shares_are_those_of_the_model(string name, string text)
    {
        var coverage = Coverage.Of(ModelAnalysis.Run(Testing.Zoo.LoadTopology(name)), g => g.IsExact);

        Assert.Contains(text.Replace("MACS", Percent(coverage.Macs), StringComparison.Ordinal)
            .Replace("PARAMETERS", Percent(coverage.Parameters), StringComparison.Ordinal), Document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resnet50", "macs=50%", "", "With `l2`, half of the MACs left PARAMETERS of the parameters")]
    [InlineData("yolo_c2f", "macs=60%", "box.* cls.*", "excluded, PARAMETERS of the parameters remained (with `l2`)")]
    public void The_remaining_parameters_are_those_of_the_plan(string name, string budget, string excluded, string text)
    {
        var analysis = ModelAnalysis.Run(Testing.Zoo.Load(name));
        string[] globs = excluded.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var totals = Planner.Plan(analysis, new PruneOptions { Budget = Budget.Parse(budget), Exclude = globs }).Totals;

        string share = Percent((double)totals.After.Parameters / totals.Before.Parameters);
        Assert.Contains(text.Replace("PARAMETERS", share, StringComparison.Ordinal), Document, StringComparison.Ordinal);
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
