#include "domain/ranking/viewpoints.h"

#include <Eigen/Dense>
#include <cmath>

namespace parley::ranking {

namespace {

// Vectors iterated together: the first two converge by the ratio of the ninth singular value to theirs.
constexpr int block_width = 8;
constexpr int iterations_max = 500;
using Block = Eigen::Matrix<double, Eigen::Dynamic, block_width, Eigen::RowMajor>;

// Z' Z X, one voter at a time.
Block times_gram(VoteTable const& votes, std::vector<double> const& mean, Block const& x)
{
    Block result = Block::Zero(x.rows(), block_width);
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        VoteRow const row = votes.of_voter(voter);
        Eigen::Matrix<double, 1, block_width> sum = Eigen::Matrix<double, 1, block_width>::Zero();
        VoteTable::for_each(row, [&](uint32_t comment, int8_t value) { sum += (value - mean[comment]) * x.row(comment); });
        VoteTable::for_each(row, [&](uint32_t comment, int8_t value) { result.row(comment) += (value - mean[comment]) * sum; });
    }
    return result;
}

}  // namespace

PrincipalComponents principal_components(VoteTable const& votes)
{
    uint32_t const comments = votes.comments();
    PrincipalComponents result { std::vector<double>(comments), std::vector<Point>(comments, Point { 0, 0 }) };
    double square_sum = 0;
    for (uint32_t comment = 0; comment < comments; ++comment) {
        VoteRow const row = votes.of_comment(comment);
        if (row.seen() == 0)
            continue;
        double const seen = double(row.seen()), sum = double(row.agree.size()) - double(row.disagree.size());
        result.mean[comment] = sum / seen;
        square_sum += double(row.rated()) - sum * sum / seen;
    }
    if (!(square_sum > 0))
        return result;

    // Subspace iteration with Rayleigh-Ritz (Saad, "Numerical methods for large eigenvalue problems", 5.2). The start is
    // fixed and has no symmetry.
    Block x(comments, block_width);
    uint64_t bits = 1;
    for (uint32_t comment = 0; comment < comments; ++comment)
        for (int column = 0; column < block_width; ++column) {
            bits = bits * 6364136223846793005u + 1442695040888963407u;
            x(comment, column) = double(bits >> 11) * 0x1p-53 - 0.5;
        }
    Eigen::VectorXd before = Eigen::VectorXd::Zero(2), values = before;
    int const width = std::min<int>(block_width, int(comments));
    for (int iteration = 0; iteration < iterations_max; ++iteration) {
        Eigen::MatrixXd const thin = Eigen::HouseholderQR<Eigen::MatrixXd>(x.leftCols(width)).householderQ() * Eigen::MatrixXd::Identity(comments, width);
        Block basis = Block::Zero(comments, block_width);
        basis.leftCols(width) = thin;
        Block const image = times_gram(votes, result.mean, basis);
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> const small(basis.leftCols(width).transpose() * image.leftCols(width));
        Eigen::MatrixXd const turn = small.eigenvectors().rowwise().reverse();
        x.leftCols(width) = basis.leftCols(width) * turn;
        Eigen::MatrixXd const turned = image.leftCols(width) * turn;
        values = small.eigenvalues().reverse();
        // The residual of an eigenvector bounds its error, divided by the gap to the next value.
        double residual = 0;
        for (int column = 0; column < std::min(2, width); ++column)
            residual = std::max(residual, (turned.col(column) - values(column) * x.col(column)).norm());
        if (residual < 1e-9 * std::max(values(0), 1e-300))
            break;
        x.leftCols(width) = turned;
    }
    for (int column = 0; column < std::min(2, width); ++column) {
        double largest = 0;
        for (uint32_t comment = 0; comment < comments; ++comment)
            if (std::abs(x(comment, column)) > std::abs(largest))
                largest = x(comment, column);
        double const norm = x.col(column).norm() * (largest < 0 ? -1 : 1);
        for (uint32_t comment = 0; comment < comments; ++comment)
            result.loadings[comment][size_t(column)] = x(comment, column) / norm;
        result.explained[size_t(column)] = values(column) / square_sum;
    }
    return result;
}

std::vector<Point> polis_positions(VoteTable const& votes, PrincipalComponents const& components)
{
    std::vector<Point> positions(votes.voters(), Point { 0, 0 });
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        VoteRow const row = votes.of_voter(voter);
        VoteTable::for_each(row, [&](uint32_t comment, int8_t value) {
            for (size_t axis : { 0, 1 })
                positions[voter][axis] += (value - components.mean[comment]) * components.loadings[comment][axis];
        });
        double const scale = std::sqrt(double(votes.comments()) / std::max<double>(1, double(row.seen())));
        for (double& coordinate : positions[voter])
            coordinate *= scale;
    }
    return positions;
}

std::vector<Point> ridge_positions(VoteTable const& votes, PrincipalComponents const& components, double penalty)
{
    double const scale = std::sqrt(double(votes.comments()));
    std::vector<Point> positions(votes.voters(), Point { 0, 0 });
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        double xx = penalty, xy = 0, yy = penalty, x = 0, y = 0;
        VoteTable::for_each(votes.of_voter(voter), [&](uint32_t comment, int8_t value) {
            double const bx = scale * components.loadings[comment][0], by = scale * components.loadings[comment][1];
            double const rest = value - components.mean[comment];
            xx += bx * bx;
            xy += bx * by;
            yy += by * by;
            x += bx * rest;
            y += by * rest;
        });
        double const determinant = xx * yy - xy * xy;
        positions[voter] = { (x * yy - y * xy) / determinant, (y * xx - x * xy) / determinant };
    }
    return positions;
}

std::vector<double> extremity(PrincipalComponents const& components)
{
    std::vector<double> result(components.mean.size());
    for (size_t comment = 0; comment < result.size(); ++comment)
        result[comment] = std::sqrt(double(result.size())) * std::abs(1 - components.mean[comment]) * std::hypot(components.loadings[comment][0], components.loadings[comment][1]);
    return result;
}

}  // namespace parley::ranking
